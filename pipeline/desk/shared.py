"""What the server and the command line share beside the database: a secret, and which links were used."""

import hashlib
import json
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

FOLDER = ".copydesk"
SECRET = "secret"
REVOKED = "revoked"
KEEP_S = 24 * 3600
"""How long a used link is remembered; it expires long before."""


def folder_beside(database: Path) -> Path:
    """Name the folder that belongs to a database file."""
    return database.resolve().parent / FOLDER


def known_secret(database: Path) -> str | None:
    """Return the secret that is there already: the environment's, else the file's."""
    path = folder_beside(database) / SECRET
    from_file = path.read_text("ascii").strip() if path.is_file() else None
    return os.environ.get("DATASETTE_SECRET") or from_file or None


def secret_for(database: Path) -> str:
    """Return the secret, made and kept in a file that only its owner may read where there is none yet."""
    known = known_secret(database)
    if known:
        return known
    folder = folder_beside(database)
    folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(FileExistsError):  # a server that starts at the same time was faster
        file = os.open(folder / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w") as out:
            out.write(secrets.token_hex(32))
    return (folder / SECRET).read_text("ascii").strip()


def was_used(folder: Path, nonce: str) -> bool:
    """Say whether a link was used up, by whichever process."""
    return (folder / "used" / nonce).exists()


def use_up(folder: Path, nonce: str) -> bool:
    """Mark a link as used; False where somebody was faster. Forgets links that expired long ago.

    Raises OSError where the folder cannot be written to.
    """
    used = folder / "used"
    used.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in used.iterdir():
        if old.stat().st_mtime + KEEP_S < time.time():
            old.unlink(missing_ok=True)
    try:
        os.close(os.open(used / nonce, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    return True


def revoke(folder: Path, name: str) -> None:
    """Make every link, session and feed address worthless that was given to a person until now."""
    (folder / REVOKED).mkdir(mode=0o700, parents=True, exist_ok=True)
    _revocation(folder, name).write_text(repr(time.time()), "ascii")
    for feed in (folder / "feeds").glob("*.json"):
        if json.loads(feed.read_text("utf-8"))["actor"]["id"] == name:
            feed.unlink()


def is_revoked(folder: Path, name: str, issued_at: float) -> bool:
    """Tell whether what was given to a person at that time is worthless by now."""
    with suppress(FileNotFoundError, ValueError):
        return issued_at <= float(_revocation(folder, name).read_text("ascii"))
    return False


def _revocation(folder: Path, name: str) -> Path:
    return folder / REVOKED / hashlib.sha256(name.encode()).hexdigest()[:32]
