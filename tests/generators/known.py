"""What real generators still show to be wrong: the test with its generator, and why it fails."""

KNOWN_FAILURES: dict[str, str] = {}
