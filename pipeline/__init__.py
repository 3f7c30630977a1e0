"""From archived pages to clean, structured posts in SQLite."""
