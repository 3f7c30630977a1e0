"""One run of one site, from its pages to its report: the part that `crawl` and `process` share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from sqlite_utils import Database

from pipeline.cli.refine import Refined, Watch, refine
from pipeline.cli.report import SiteReport, details, no_posts, open_by
from pipeline.cli.signals import Stopped
from pipeline.cli.work import Item, Place
from pipeline.records import Failure
from pipeline.store.notes import write_failures
from pipeline.store.read import Source
from pipeline.store.run import RunContext, RunState, finish_run, sync_rules
from pipeline.store.settle import settle_run


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What fetching brought, before anything was extracted."""

    state: RunState
    message: str
    requests: int = 0
    unchanged: int = 0
    size_bytes: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    limited: bool = False
    """Stopped at a limit: pages that were not asked for say nothing of flags."""
    pages: int = 0
    signal: int | None = None


def describe_rules(db: Database) -> None:
    """Store what the rules say of themselves."""
    from pipeline.audit.docs import rule_page, summary
    from pipeline.rules import load_rules

    sync_rules(
        db,
        [
            {
                "name": rule.name,
                "summary": summary(rule),
                "severity": rule.severity,
                "fix": rule.fix,
                "page": rule_page(rule),
            }
            for rule in load_rules()
        ],
    )


def places(sources: Sequence[Source], archive: Path) -> list[Item]:
    """Turn what the store remembers into items that a worker can read."""
    return [
        Place(
            path=archive / source.warc_file,
            offset=source.warc_offset,
            root=archive,
            url=source.url,
            media_type=source.media_type,
        )
        for source in sources
    ]


def finish(
    db: Database, run: RunContext, fetched: Fetched, refined: Refined, home_url: str, started: float
) -> SiteReport:
    """Settle a run, write its row, and report."""
    failed = fetched.failed + len(refined.failures)
    state: RunState = "partial" if fetched.state == "complete" and failed else fetched.state
    settled = settle_run(db, run, complete=state == "complete" and not fetched.limited and not refined.left)
    posts = int(db.execute("select count(*) from posts where site_id = ?", [run.site_id]).fetchone()[0])
    if settled.held_back:
        state = "partial"
    report = SiteReport(
        site=run.site_id,
        home_url=home_url,
        state=state,
        message=_message(fetched, refined, settled.held_back),
        seconds=round(monotonic() - started, 1),
        requests=fetched.requests,
        pages=max(refined.pages, fetched.pages),
        unchanged=fetched.unchanged,
        size_bytes=fetched.size_bytes,
        kinds=dict(refined.kinds),
        posts=posts,
        new=refined.actions["new"],
        changed=refined.actions["revise"],
        rewritten=refined.actions["replace"] + refined.actions["older"],
        gone=settled.gone,
        fixed=settled.fixed,
        failed=failed,
        errors=dict(fetched.errors + Counter(_kind_of(failure) for failure in refined.failures)),
        flags=open_by(db, run.site_id, "rule"),
        severities=open_by(db, run.site_id, "severity"),
        signal=fetched.signal,
    )
    if not posts and report.state in ("complete", "partial"):
        report = replace(report, state="partial", message=no_posts(report.kinds, report.pages, home_url))
    finish_run(db, run, report.state, report.message, details(report))
    return report


def _message(fetched: Fetched, refined: Refined, held_back: int) -> str:
    if held_back:
        return f"{fetched.message} {held_back} posts did not answer; that is too many at once to believe it."
    if refined.left:
        return f"{fetched.message} {refined.left} of these pages were not looked at yet; the next run does."
    return fetched.message


def _kind_of(failure: Failure) -> str:
    """Name a failure in one word, for counting."""
    head = failure.reason.partition(":")[0]
    return head if head in ("timeout", "too_large", "suspicious_markup") else failure.stage


def run_over(
    db: Database,
    run: RunContext,
    items: Sequence[Item],
    failures: Sequence[Failure],
    home_url: str,
    watch: Watch,
) -> SiteReport:
    """Do a whole run over pages that are at hand: a folder's, an archive's."""
    started = monotonic()
    write_failures(db, run, failures)
    host = f"{home_url}"
    try:
        refined = refine(db, run, items, items, watch)
    except Stopped as stopped:
        stop(db, run, stopped)
        raise
    complete = Fetched(
        state="complete",
        message=f"{host}: {len(items):,} page{'' if len(items) == 1 else 's'} read.",
        failed=len(failures),
        errors=Counter({"archive": len(failures)}) if failures else Counter(),
    )
    return finish(db, run, complete, refined, home_url, started)


def stop(db: Database, run: RunContext, stopped: Stopped) -> None:
    """Note in a run's row that somebody ended it."""
    message = f"stopped by signal {stopped.number}; what was stored is kept, the next run goes on from there"
    finish_run(db, run, "stopped", message, {})
