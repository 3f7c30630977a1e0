"""The bundled sample blog: its sources, its two themes, its builder, its server and its truth."""
