"""Which exit code each trouble gets (docs/contracts.md), and the sentence that goes with it."""

import errno

from pipeline.cli.signals import Stopped
from pipeline.errors import ConfigError, CopydeskError, LockedError, StoreError

UNEXPECTED = 70
LOCKED = 75
OF_KIND = {ConfigError: 2, StoreError: 5, LockedError: LOCKED, CopydeskError: 3}


def code_of(error: BaseException) -> int:
    """Give the exit code of an error that ended a command."""
    if isinstance(error, Stopped):
        return 128 + error.number
    if isinstance(error, KeyboardInterrupt):
        return 130
    if _is_full(error):
        return 5
    return next((code for kind, code in OF_KIND.items() if isinstance(error, kind)), UNEXPECTED)


def sentence_of(error: BaseException) -> str:
    """Say why a command ended, and what to do."""
    if isinstance(error, Stopped | KeyboardInterrupt):
        return "stopped; what was stored is kept, the next run goes on from there"
    if isinstance(error, OSError) and _is_full(error):
        return f"the disk is full ({error.filename or 'archive'}); what was stored is safe: free space"
    if isinstance(error, CopydeskError):
        return str(error)
    return f"unexpected {type(error).__name__}: please report it with the lines above"


def _is_full(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
