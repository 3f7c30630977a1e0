"""After a run: what the site as a whole did that a person should know, and how many posts were looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.store.events import Event, end_events, nights_without_answer, note_event, open_events
from pipeline.store.run import RunContext, RunState

NIGHTS_UNTIL_UNREACHABLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCounts:
    """Posts of a site after a run."""

    all: int
    missing: int
    checked: int
    """Posts that the site answered for tonight, or that a trusted hint vouched for."""


def note_trouble(db: Database, run: RunContext, state: RunState, moved_to: str | None, home_url: str) -> None:
    """Write or end the events that are about the site, not about single posts."""
    if moved_to is not None:
        summary = (
            f"{home_url} leads to {moved_to}, another site; nothing was changed. If it has moved for good,"
        )
        summary += (
            f' put url = "{moved_to}" under [site.{run.site_id}] in copydesk.toml: posts keep their history'
        )
        note_event(db, run, Event(kind="moved", summary=summary))
    if state not in ("refused", "failed"):
        end_events(db, run, ["unreachable", "moved"], "crawl")
        return
    nights = nights_without_answer(db, run.site_id, ("refused", "failed")) + 1
    if nights >= NIGHTS_UNTIL_UNREACHABLE and moved_to is None:
        summary = f"{home_url} could not be crawled for {nights} runs in a row; nothing was changed"
        note_event(db, run, Event(kind="unreachable", summary=summary))


def barren_paths(db: Database, run: RunContext) -> list[str]:
    """List the path patterns that are left alone since they brought nothing, unless somebody accepts them."""
    if run.accepts:
        return []
    found = [event["examples"] for event in open_events(db, run.site_id) if event["kind"] == "trap"]
    return [pattern for examples in found for pattern in examples]


def note_barren(db: Database, run: RunContext, patterns: Sequence[str]) -> None:
    """Write that path patterns are left alone, or that somebody wants them asked for again."""
    if patterns:
        summary = (
            f"{', '.join(patterns[:3])}: 200 pages in a row brought nothing new, so such addresses are left"
            " alone (# is any number); copydesk crawl --accept-changes asks for them again."
        )
        note_event(db, run, Event(kind="trap", summary=summary, examples=patterns))
    elif run.accepts:
        end_events(db, run, ["trap"], "accepted")


def count_posts(db: Database, run: RunContext) -> PostCounts:
    """Count the posts of a site after a run."""
    row = db.execute(
        "select count(*), sum(state = 'missing'), sum(last_run_id > ?) from posts where site_id = ?",
        [run.before, run.site_id],
    ).fetchone()
    return PostCounts(all=int(row[0]), missing=int(row[1] or 0), checked=int(row[2] or 0))
