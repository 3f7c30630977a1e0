"""Fetch a blog politely and write every exchange to WARC; extracts nothing."""
