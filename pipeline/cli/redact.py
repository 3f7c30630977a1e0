"""What may stand in a log: no control characters, and no secret that an address or an error carries."""

import os
import re

HIDDEN = "***"
NAMES = (
    r"(?:access_?|api_?|auth_?|csrf_?|id_?|refresh_?|x-)?(?:token|key|sig(?:nature)?|secret|pass(?:word|wd)?|pwd|auth"
    r"|session(?:_?id)?|sid|phpsessid)"
)
USERINFO = re.compile(r"(?<=://)[^\s/?#]{1,500}@")
ARGUMENT = re.compile(rf"([?&;]{NAMES}=)[^&#\s\"']+", re.IGNORECASE)
HEADER = re.compile(r"((?:authorization|cookie)[\"']?\s*[:=]\s*)[^\n]+", re.IGNORECASE)
SCHEME = re.compile(r"\b(Basic|Bearer|Digest) +[\w+/=.~-]{6,}", re.IGNORECASE)
OF_ENVIRONMENT = re.compile(r"PASSW|SECRET|TOKEN|COOKIE|API_?KEY", re.IGNORECASE)
SHORTEST = 6
"""Shorter values are not looked for: to replace "red" everywhere would tell more than it hides."""

_known: set[str] = set()


def conceal(value: str) -> None:
    """Remember a secret: from now on it is replaced wherever it would be logged, whole or as one cookie."""
    parts = [value, *(part.partition("=")[2] for part in value.split(";"))]
    _known.update(part.strip() for part in parts if len(part.strip()) >= SHORTEST)


def conceal_environment() -> None:
    """Remember the values of environment variables that are named like secrets."""
    for name, value in os.environ.items():
        if OF_ENVIRONMENT.search(name):
            conceal(value)


def without_secrets(text: str) -> str:
    """Replace known secrets, and what by its place in an address or header must be one."""
    for value in sorted(_known, key=len, reverse=True):
        text = text.replace(value, HIDDEN)
    text = USERINFO.sub(f"{HIDDEN}@", text)
    text = ARGUMENT.sub(rf"\1{HIDDEN}", text)
    text = HEADER.sub(rf"\1{HIDDEN}", text)
    return SCHEME.sub(rf"\1 {HIDDEN}", text)


def printable(text: str) -> str:
    """Write control characters, line breaks among them, as escapes: "\\n", "\\x1b"."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def fit_to_log(text: str) -> str:
    """Make one line of a text, without secrets."""
    return printable(without_secrets(text))
