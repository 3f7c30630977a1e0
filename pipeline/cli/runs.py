"""One run of one site, from its pages to its report: the part that `crawl` and `process` share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

from sqlite_utils import Database

from crawler.report import CrawlReport
from pipeline.cli.options import counted
from pipeline.cli.refine import Refined, Watch, refine
from pipeline.cli.report import SiteReport, details, no_posts, open_by
from pipeline.cli.rulings import NO_RULINGS, Rulings
from pipeline.cli.signals import Stopped
from pipeline.cli.targets import Target
from pipeline.cli.work import Item, Place
from pipeline.records import Failure
from pipeline.rules import load_examples
from pipeline.site.template import Template
from pipeline.store.causes import top_causes
from pipeline.store.events import open_events
from pipeline.store.learned import store_learned
from pipeline.store.notes import write_failures
from pipeline.store.read import Source
from pipeline.store.run import RunContext, RunState, finish_run, sync_rules
from pipeline.store.settle import Settled, settle_run
from pipeline.store.trouble import count_posts, note_barren, note_trouble
from pipeline.store.trust import learn_trust, trust_of


def describe_rules(db: Database, rulings: Rulings = NO_RULINGS) -> None:
    """Store what the rules say of themselves."""
    from pipeline.audit.docs import rule_page, summary

    sync_rules(
        db,
        [
            {
                "name": rule.name,
                "summary": summary(rule),
                "severity": rule.severity,
                "fix": rule.fix,
                "page": rule_page(rule, load_examples()),
            }
            for rule in rulings.rules()
        ],
    )


def places(sources: Sequence[Source], archive: Path) -> list[Item]:
    """Turn what the store remembers into items that a worker can read."""
    # One path object for each file: of 20,000 pages they took more memory than all the rest of the list.
    paths = {name: archive / name for name in {source.warc_file for source in sources}}
    return [
        Place(
            path=paths[source.warc_file],
            offset=source.warc_offset,
            root=archive,
            url=source.url,
            media_type=source.media_type,
        )
        for source in sources
    ]


def finish(
    db: Database, run: RunContext, fetched: CrawlReport, refined: Refined, home_url: str, started: float
) -> SiteReport:
    """Settle a run, write its row, and report."""
    state, settled = _settle(db, run, fetched, refined)
    _note_night(db, run, state, fetched, home_url)
    posts = count_posts(db, run)
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
        delay_s=fetched.delay_s,
        kinds=dict(refined.kinds),
        posts=posts.all,
        checked=posts.checked if run.fetches else posts.all,
        missing=posts.missing,
        hints=_hints(db, run.site_id),
        events=open_events(db, run.site_id),
        new=refined.actions["new"],
        changed=refined.actions["revise"],
        rewritten=refined.actions["replace"] + refined.actions["older"],
        gone=settled.gone,
        fixed=settled.fixed,
        failed=fetched.failed + len(refined.failures),
        errors=dict(Counter(fetched.errors) + Counter(_kind_of(failure) for failure in refined.failures)),
        flags=open_by(db, run.site_id, "rule"),
        causes=top_causes(db, run.site_id),
        severities=open_by(db, run.site_id, "severity"),
        signal=fetched.signal,
        **_unlike(refined.template),
    )
    report = _without_posts(report)
    finish_run(db, run, report.state, report.message, details(report) | _learned(db, run, refined.template))
    return report


def _without_posts(report: SiteReport) -> SiteReport:
    """Say what a run saw instead, where it found no post; one that looked at nothing had not begun."""
    idle = report.state == "partial" and not report.pages
    if report.posts or idle or report.state not in ("complete", "partial"):
        return report
    message = no_posts(report.kinds, report.pages, report.home_url)
    return replace(report, state="partial", message=message)


def _settle(
    db: Database, run: RunContext, fetched: CrawlReport, refined: Refined
) -> tuple[RunState, Settled]:
    """Settle a run as what it was: complete only when nothing failed and nothing was held back."""
    whole = fetched.failed + len(refined.failures) == 0 and refined.held is None
    state: RunState = "partial" if fetched.state == "complete" and not whole else fetched.state
    whole = state == "complete" and not fetched.limit_reached and not refined.left
    settled = settle_run(db, run, complete=whole)
    return "partial" if settled.held_back and state == "complete" else state, settled


def _note_night(db: Database, run: RunContext, state: RunState, fetched: CrawlReport, home_url: str) -> None:
    """Learn from a run that asked the site."""
    if run.fetches:
        learn_trust(db, run)
        note_trouble(db, run, state, fetched.moved_to, home_url)
        note_barren(db, run, fetched.barren)


def _hints(db: Database, site_id: str) -> dict[str, str]:
    return {source: f"{told['verdict']}: {told['reason']}" for source, told in trust_of(db, site_id).items()}


def _learned(db: Database, run: RunContext, template: Template | None) -> dict[str, float | None]:
    """Store what was learned of the site; give what belongs into the row of the run."""
    if template is None:
        return {}
    facts = {"name": template.site_name, "platform": template.platform, "theme": template.theme}
    store_learned(db, run.site_id, facts, template.summary())
    return {"template_confidence": template.confidence, "unlike_others": len(template.strangers)}


def _unlike(template: Template | None) -> dict[str, Any]:
    """Name a post that the template says nothing of; below five posts nothing is learned of any."""
    if template is None or not template.confidence:
        return {}
    return {"unlike_others": len(template.strangers), "unlike_example": min(template.strangers, default=None)}


def _message(fetched: CrawlReport, refined: Refined, held_back: int) -> str:
    if refined.held is not None:
        return f"{fetched.message} {refined.held.summary}"
    if held_back:
        return f"{fetched.message} {held_back} posts did not answer; that is too many at once to believe it."
    if refined.left:
        return f"{fetched.message} {refined.left} of these pages were not looked at yet; the next run does."
    return fetched.message


def _kind_of(failure: Failure) -> str:
    """Name a failure in one word, for counting."""
    head = failure.reason.partition(":")[0]
    return head if head in ("timeout", "too_large", "suspicious_markup") else failure.stage


def run_over(db: Database, run: RunContext, target: Target, watch: Watch) -> SiteReport:
    """Do a whole run over the pages of an archive."""
    started = monotonic()
    write_failures(db, run, target.failures)
    refined = refine(db, run, target.items, target.items, watch)
    failed = len(target.failures)
    fetched = CrawlReport(
        site_id=run.site_id,
        state="complete",
        message=f"{target.home_url}: {counted(len(target.items), 'page')} read.",
        errors={"archive": failed} if failed else {},
        limit_reached=target.is_cut,
    )
    return finish(db, run, fetched, refined, target.home_url, started)


def stop(db: Database, run: RunContext, stopped: Stopped) -> None:
    """Note in a run's row that somebody ended it."""
    message = f"stopped by signal {stopped.number}; what was stored is kept, the next run goes on from there"
    finish_run(db, run, "stopped", message, {})
