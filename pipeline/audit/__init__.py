"""The rule engine: run checks, place findings, apply fixes."""
