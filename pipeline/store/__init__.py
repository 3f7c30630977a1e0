"""SQLite: schema, writing, reading."""
