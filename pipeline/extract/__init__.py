"""From a page to the article, its sections and its metadata."""
