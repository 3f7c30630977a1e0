"""What can go wrong, one class per thing the caller can do about it.

A message names the thing, the place and the remedy, in one sentence.
"""


class CopydeskError(Exception):
    """Anything that copydesk raises on purpose; its text is fit to show to a person."""


class ConfigError(CopydeskError):
    """A file or option the user wrote is wrong; the run must not start (exit 2)."""


class ArchiveError(CopydeskError):
    """A WARC record cannot be read; skip the record."""


class ExtractionError(CopydeskError):
    """The page holds no post that we can find; record a Failure and go on."""


class StoreError(CopydeskError):
    """The database is locked, full, corrupt, foreign or newer than we are (exit 5)."""


class LockedError(CopydeskError):
    """Another run holds the lock (exit 75)."""
