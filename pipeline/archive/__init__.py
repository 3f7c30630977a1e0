"""Read pages back out of WARC files, folders and dumps."""
