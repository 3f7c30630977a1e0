"""Verdicts: what an editor decides about flags, written only if nobody was faster."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, Response

from pipeline.desk import access, review, words

VERDICTS = {
    "accept": "accepted",
    "dismiss": "dismissed",
    "claim": "claimed",
    "release": "released",
    "reopen": "reopened",
    "undo": "undone",
}
SCOPES = ("here", "post", "text", "rule")
LONGEST = 2000
"""Characters of a reason or note."""
CONFLICT = "Someone decided this a moment ago; nothing was saved. The page shows how it stands now."
LOCKED = "The database is busy, probably with a crawl; nothing was saved. Press the button again."
NO_REASON = "Nothing was saved: say why it is dismissed, so that the rule can learn from it."
NO_DATE = "Nothing was saved: “until” has to be a day to come, such as 2030-01-31."
NOTHING = "There is nothing to take back; nothing was saved."

# The flag's state, as the editor saw it, is part of the insert: the second of two clicks inserts nothing.
DECIDE = """
insert into verdicts (finding, verdict, undoes, scope, until, reason, note, actor, decided_at)
select f.key, :verdict, :undoes, :scope, :until, :reason, :note, :actor, :decided_at
from flags f where f.key = :key and f.state = :seen
"""
STANDING = """
select max(v.id) as id from live_verdicts v
where v.finding = :key or (v.scope <> 'here' and exists (
    select 1 from finding_history h where h.key = :key and h.site_id = v.site_id and h.rule = v.rule
    and (v.scope = 'rule' or (v.scope = 'text' and h.quote = v.quote)
         or (v.scope = 'post' and h.post_id is v.post_id))))
"""
MESSAGES = {
    "accept": "Accepted. It closes when the next crawl no longer finds it.",
    "dismiss": "Dismissed.",
    "claim": "Yours now.",
    "release": "Given back.",
    "reopen": "Open again.",
    "undo": "Taken back.",
}


class ConflictError(Exception):
    """A flag is no longer in the state that the editor saw; nothing may be saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an editor sent."""

    action: str
    keys: tuple[tuple[str, str], ...]
    """Flags with the state in which the editor saw each."""
    scope: str
    reason: str
    note: str
    until: str = ""
    """Day on which a dismissal ends, as it was typed; "" for never."""


async def decide(request: Any, datasette: Any) -> Response:
    """Save a decision and lead to the next flag; on trouble show the page again with what was typed."""
    database = await access.open_database(datasette, request)
    if request.method != "POST":
        return Response.redirect(words.path(datasette, database.name, "post", _post_id(request)))
    if not access.is_editor(datasette, request.actor):
        raise Forbidden("Only editors may decide; log in with an editor's link")
    decision = _read(await request.post_vars())
    problem = await _save(database, decision, str(request.actor["id"]))
    if problem:
        context = await review.review_context(database, _post_id(request))
        context |= {"problem": problem, "typed": decision}
        return await review.show(datasette, request, database, context, 409)
    datasette.add_message(request, MESSAGES[decision.action])
    return Response.redirect(await _next_place(datasette, database, _post_id(request), decision))


def _post_id(request: Any) -> str:
    return str(tilde_decode(request.url_vars["post"]))


def _read(form: dict[str, str]) -> Decision:
    """Read a form; anything it does not know becomes the narrowest choice."""
    action = form.get("action", "")
    if action not in VERDICTS:
        raise Forbidden("This form was not made by the desk")
    pairs = (pair.partition(":") for pair in form.get("flags", "").split(","))
    scope = form.get("scope", "here")
    own = form.get("own_reason", "").strip()
    return Decision(
        action=action,
        keys=tuple((key, seen) for key, _, seen in pairs if key),
        scope=scope if scope in SCOPES and action == "dismiss" else "here",
        reason=(own or form.get("reason", "")).strip()[:LONGEST],
        note=form.get("note", "").strip()[:LONGEST],
        until=form.get("until", "").strip()[:LONGEST] if action == "dismiss" else "",
    )


async def _save(database: Any, decision: Decision, actor: str) -> str:
    """Write the verdicts, all or none; return a sentence when nothing was written."""
    if decision.action == "dismiss" and not decision.reason:
        return NO_REASON
    if decision.until and not _is_to_come(decision.until):
        return NO_DATE
    return await written(database, _writer(decision, actor))


async def written(database: Any, write: Callable[[sqlite3.Connection], None]) -> str:
    """Run a write; return a sentence when nothing was written because of others."""
    try:
        await database.execute_write_fn(write)
    except ConflictError as conflict:
        return str(conflict)
    except sqlite3.OperationalError as error:
        if "locked" not in str(error) and "busy" not in str(error):
            raise
        return LOCKED
    return ""


def _is_to_come(day: str) -> bool:
    try:
        return date.fromisoformat(day) > datetime.now(UTC).date()
    except ValueError:
        return False


def now() -> str:
    """Return the time of day as verdicts carry it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _writer(decision: Decision, actor: str) -> Callable[[sqlite3.Connection], None]:
    row = {
        "verdict": VERDICTS[decision.action],
        "scope": decision.scope,
        "reason": decision.reason or None,
        "note": decision.note or None,
        "actor": actor,
        "decided_at": now(),
        "until": decision.until or None,
    }

    def write(connection: sqlite3.Connection) -> None:
        with connection:  # Datasette 0.65 does not commit for us
            for key, seen in decision.keys:
                undoes = _standing(connection, key) if decision.action == "undo" else None
                done = connection.execute(DECIDE, {**row, "undoes": undoes, "key": key, "seen": seen})
                if done.rowcount != 1:
                    raise ConflictError(CONFLICT)

    return write


def _standing(connection: sqlite3.Connection, key: str) -> int:
    found = connection.execute(STANDING, {"key": key}).fetchone()[0]
    if found is None:
        raise ConflictError(NOTHING)
    return int(found)


async def _next_place(datasette: Any, database: Any, post_id: str, decision: Decision) -> str:
    """Return where the editor goes: the next undecided flag, or back to the one just changed."""
    here = words.path(datasette, database.name, "post", post_id)
    decided = decision.keys[-1][0] if decision.keys else ""
    if decision.action not in ("accept", "dismiss"):
        return f"{here}#flag-{decided}"
    flags = (await review.review_context(database, post_id))["flags"]
    following = _after(flags, decided)
    done = ",".join(key for key, _ in decision.keys)
    return f"{here}?done={done}#" + (f"flag-{following}" if following else "next")


def _after(flags: Sequence[dict[str, Any]], key: str) -> str | None:
    """Return the key of the first undecided flag after this one, else of the first there is."""
    position = next((i for i, flag in enumerate(flags) if flag["key"] == key), -1)
    turned = [*flags[position + 1 :], *flags[: position + 1]]
    return next((flag["key"] for flag in turned if flag["state"] in review.UNDECIDED), None)
