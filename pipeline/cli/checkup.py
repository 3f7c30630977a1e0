"""What `copydesk doctor` says: one line per thing looked at, each with its remedy when something is wrong."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.cli.redact import fit_to_log

State = Literal["ok", "note", "warn", "fail"]
WORST_FIRST = (5, 2, 4, 3)
"""A store that cannot be used counts more than a configuration that is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    topic: str
    state: State
    said: str
    remedy: str = ""
    """What to do; for everything that warns or fails."""
    code: int = 0
    """Exit code of a failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is examined."""

    db: Path
    archive: Path
    config: Path


def ok(topic: str, said: str) -> Check:
    """Say that something is well."""
    return Check(topic=topic, state="ok", said=said)


def warn(topic: str, said: str, remedy: str) -> Check:
    """Say that something will be trouble, but is none yet."""
    return Check(topic=topic, state="warn", said=said, remedy=remedy)


def fail(topic: str, said: str, remedy: str, code: int = 2) -> Check:
    """Say that something keeps copydesk from working, or from working safely."""
    return Check(topic=topic, state="fail", said=said, remedy=remedy, code=code)


def exit_code_of(checks: Iterable[Check]) -> int:
    """Give the worst failure's code; warnings change nothing."""
    codes = {check.code for check in checks if check.state == "fail"}
    return next((code for code in WORST_FIRST if code in codes), 3 if codes else 0)


def as_text(checks: Iterable[Check]) -> str:
    """Print for a person."""
    lines = []
    for check in checks:
        shown = check.state.upper() if check.state == "fail" else check.state
        lines.append(f"{shown:<5} {check.topic:<14} {fit_to_log(check.said)}")
        if check.remedy:
            lines.append(f"{'':<21}→ {fit_to_log(check.remedy)}")
    return "\n".join(lines)


def as_document(checks: Iterable[Check]) -> dict[str, Any]:
    """Give the same for a program."""
    rows = [{name: fit_to_log(str(value)) for name, value in asdict(check).items()} for check in checks]
    return {"exit_code": exit_code_of(checks), "checks": [{**row, "code": int(row["code"])} for row in rows]}
