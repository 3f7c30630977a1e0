"""A cause: what many flags have in common, shown by samples and decided at once."""

import sqlite3
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, NotFound, Response

from pipeline.desk import access, queue, review, triage, words

SAMPLES = 12
BATCH = 200
"""Verdicts in one transaction; others write in between."""
WAITING = """
select key, state from flags
where cause_id = :cause and state in ('open', 'claimed', 'reopened') order by key
"""
SHOWN = """
select f.key, f.rule, f.severity, f.state, f.quote, n.prefix, n.suffix, f.replacement, f.fix,
       p.id as post_id, p.title, p.url
from flags f join findings n on n.id = f.finding_id left join posts p on p.id = f.post_id
where f.cause_id = :cause and f.state in ('open', 'claimed', 'reopened')
order by p.in_links desc, f.key limit :limit
"""
JUST = """
select v.id, v.finding from verdicts v join flags f on f.key = v.finding
where f.cause_id = :cause and v.actor = :actor and v.decided_at = :at and v.verdict <> 'undone'
  and not exists (select 1 from verdicts u where u.undoes = v.id)
"""


async def cause_page(request: Any, datasette: Any) -> Response:
    """Show what a cause did, by samples, with one form for all of its flags."""
    database = await access.open_database(datasette, request)
    context = await _context(database, _cause_id(request))
    context["at"] = request.args.get("at") or ""
    return await queue.page_of(datasette, request, "desk_cause.html", context)


async def decide(request: Any, datasette: Any) -> Response:
    """Save one verdict for all flags that the editor was shown as waiting; or take the last one back."""
    database = await access.open_database(datasette, request)
    here = words.path(datasette, database.name, "cause", _cause_id(request))
    if request.method != "POST":
        return Response.redirect(here)
    if not access.is_editor(datasette, request.actor):
        raise Forbidden("Only editors may decide; log in with an editor's link")
    form, actor = await request.post_vars(), str(request.actor["id"])
    if form.get("action") == "undo":
        problem = await triage.written(database, _taking_back(_cause_id(request), actor, form.get("at", "")))
        at = ""
    else:
        at = triage.now()
        problem = await _decide_all(database, _cause_id(request), form, actor, at)
    if problem:
        context = await _context(database, _cause_id(request)) | {"problem": problem, "typed": form}
        return await queue.page_of(datasette, request, "desk_cause.html", context, 409)
    datasette.add_message(request, "Decided for all of them." if at else "Taken back.")
    return Response.redirect(f"{here}?at={at}" if at else here)


def _cause_id(request: Any) -> str:
    return str(tilde_decode(request.url_vars["cause"]))


async def _context(database: Any, cause: str) -> dict[str, Any]:
    params = {"cause": cause}
    causes = await queue.rows_of(database, "select * from causes where id = :cause", params)
    if not causes:
        raise NotFound("There is no cause with this id in this database")
    waiting = await queue.rows_of(database, WAITING, params)
    return {
        "database": database.name,
        "cause": causes[0],
        "waiting": len(waiting),
        "seen": digest(waiting),
        "samples": await queue.rows_of(database, SHOWN, {**params, "limit": SAMPLES}),
        "reasons": review.REASONS,
        "at": "",
    }


def digest(waiting: list[dict[str, Any]]) -> str:
    """Return a short name for exactly these flags in exactly these states: what an editor saw."""
    return sha256(",".join(f"{row['key']}:{row['state']}" for row in waiting).encode()).hexdigest()[:16]


async def _decide_all(database: Any, cause: str, form: dict[str, str], actor: str, at: str) -> str:
    """Write a verdict for each waiting flag, 200 at a time; return a sentence when nothing was written."""
    action = form.get("action", "")
    reason = (form.get("own_reason", "").strip() or form.get("reason", "").strip())[: triage.LONGEST]
    if action not in ("accept", "dismiss"):
        raise Forbidden("This form was not made by the desk")
    if action == "dismiss" and not reason:
        return triage.NO_REASON
    waiting = await queue.rows_of(database, WAITING, {"cause": cause})
    if not waiting or digest(waiting) != form.get("seen"):
        return triage.CONFLICT
    row = {"verdict": triage.VERDICTS[action], "undoes": None, "scope": "here", "until": None}
    row |= {"reason": reason or None, "note": None, "actor": actor, "decided_at": at}
    for start in range(0, len(waiting), BATCH):
        part = [{**row, "key": flag["key"], "seen": flag["state"]} for flag in waiting[start : start + BATCH]]
        problem = await triage.written(database, _writer(part))
        if problem and start == 0:
            return problem
        if problem:
            return f"The first {start} were saved, then: {problem}"
    return ""


def _writer(rows: list[dict[str, Any]]) -> Callable[[sqlite3.Connection], None]:
    def write(connection: sqlite3.Connection) -> None:
        with connection:
            for row in rows:
                if connection.execute(triage.DECIDE, row).rowcount != 1:
                    raise triage.ConflictError(triage.CONFLICT)

    return write


def _taking_back(cause: str, actor: str, at: str) -> Callable[[sqlite3.Connection], None]:
    def write(connection: sqlite3.Connection) -> None:
        with connection:
            found = connection.execute(JUST, {"cause": cause, "actor": actor, "at": at}).fetchall()
            if not found:
                raise triage.ConflictError(triage.NOTHING)
            connection.executemany(
                "insert into verdicts (finding, verdict, undoes, actor, decided_at)"
                " values (?, 'undone', ?, ?, ?)",
                [(row[1], row[0], actor, triage.now()) for row in found],
            )

    return write
