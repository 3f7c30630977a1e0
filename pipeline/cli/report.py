"""What a run says at its end: one honest report, for people or as JSON."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlite_utils import Database

from pipeline.store.run import RunState

EXIT_CODES: Mapping[RunState, int] = {"complete": 0, "partial": 3, "failed": 3, "refused": 4, "stopped": 130}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """One run of one site."""

    site: str
    home_url: str
    state: RunState
    message: str
    seconds: float
    requests: int = 0
    pages: int = 0
    """Pages looked at in this run."""
    unchanged: int = 0
    size_bytes: int = 0
    delay_s: float = 0.0
    """Kept between two requests; 0 where none is needed."""
    kinds: Mapping[str, int] = field(default_factory=dict)
    """What the pages turned out to be."""
    posts: int = 0
    """Posts stored, after the run."""
    new: int = 0
    changed: int = 0
    """Posts whose author changed something."""
    rewritten: int = 0
    """Posts that were extracted differently, without a change at the source."""
    gone: int = 0
    fixed: int = 0
    failed: int = 0
    errors: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, int] = field(default_factory=dict)
    """Rule -> flags that wait for somebody, after the run."""
    severities: Mapping[str, int] = field(default_factory=dict)
    causes: Sequence[Mapping[str, Any]] = ()
    """What most posts have in common: summary, rule, findings, posts, since (month of the oldest post)."""
    unlike_others: int = 0
    """Posts whose layout too few pages have: the template says nothing of them."""
    unlike_example: str | None = None
    signal: int | None = None
    """The signal that stopped the run."""
    missing: int = 0
    """Posts that did not answer; not gone yet."""
    checked: int = 0
    """Stored posts that were looked at: in a crawl, those that the site answered for in this night."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """Kind of hint -> how far it is believed, and why."""
    unexpected: bool = False
    """A mistake of ours ended it."""
    misconfigured: bool = False
    """What the configuration asks for is missing: nothing was asked."""
    events: Sequence[Mapping[str, Any]] = ()
    """What needs a person, and stays until it ended."""


def open_by(db: Database, site_id: str, column: str) -> dict[str, int]:
    """Count the flags of a site that wait for somebody, by rule or by severity."""
    rows = db.execute(
        f"select {column}, count(*) from flags where site_id = ? and state in ('open', 'claimed', 'reopened')"
        " group by 1 order by 2 desc, 1",
        [site_id],
    )
    return dict(rows.fetchall())


def as_json(reports: Sequence[SiteReport], db_path: str) -> str:
    """Print one document."""
    return json.dumps({"database": db_path, "sites": [asdict(report) for report in reports]}, indent=2)


def as_text(report: SiteReport) -> str:
    """Print for a person: what was fetched, what was found, what to do next."""
    lines = [report.message, ""]
    lines += [f"  {name:<11}{value}" for name, value in _figures(report) if value]
    lines += [f"  {'cause':<11}{_cause(cause)}" for cause in report.causes if cause["posts"] > 1]
    lines += [f"  {'attention':<11}{event['summary']}" for event in report.events]
    return "\n".join(lines)


def _figures(report: SiteReport) -> list[tuple[str, str]]:
    return [
        ("state", report.state),
        ("pages", _pages(report)),
        ("posts", _posts(report)),
        ("open flags", _flags(report)),
        ("closed", _some([(report.fixed, "fixed"), (report.gone, "gone"), (report.missing, "missing")])),
        ("failed", _failed(report)),
        ("template", _unlike(report)),
        ("hints", "; ".join(f"{name} {said}" for name, said in report.hints.items())),
        ("time", f"{report.seconds:.1f} s"),
    ]


def _pages(report: SiteReport) -> str:
    kinds = _some([(count, kind) for kind, count in Counter(report.kinds).most_common()])
    unchanged = f"; {report.unchanged} unchanged" if report.unchanged else ""
    return f"{report.pages}{f' ({kinds})' if kinds else ''}{unchanged}"


def _posts(report: SiteReport) -> str:
    if not report.posts:
        return "no data: no post is stored yet"
    news = [(report.new, "new"), (report.changed, "changed"), (report.rewritten, "extracted anew")]
    nothing = "none looked at" if report.state in ("refused", "failed") else "nothing new"
    return f"{report.posts:,} ({_some(news) or nothing})"


def _flags(report: SiteReport) -> str:
    """Say how many flags in how many posts: none found and nobody looked must never read alike."""
    if not report.posts:
        return "no data: nothing was checked yet"
    rules = _some([(count, rule) for rule, count in report.flags.items()])
    named = f" ({rules})" if rules else ""
    some = "" if report.checked >= report.posts else f", {report.checked or 'none'} of them in this run"
    return f"{sum(report.flags.values()):,} in {report.posts:,} posts checked{some}{named}"


def _cause(cause: Mapping[str, Any]) -> str:
    since = f" since {cause['since']}" if cause["since"] else ""
    return f"{cause['summary']}, on {cause['posts']} posts{since}"


def _failed(report: SiteReport) -> str:
    kinds = _some([(count, kind) for kind, count in report.errors.items()])
    return f"{report.failed}{f' ({kinds})' if kinds else ''}" if report.failed else ""


def _unlike(report: SiteReport) -> str:
    if not report.unlike_others:
        return ""
    count, example = report.unlike_others, report.unlike_example
    few = f"1 post is unlike the others: {example}" if count == 1 else ""
    many = f"{count:,} posts are unlike the others, such as {example}"
    return f"{few or many} (copydesk profile {report.site})"


def _some(counts: Sequence[tuple[int, str]]) -> str:
    return ", ".join(f"{count} {name}" for count, name in counts if count)


def no_posts(seen: Mapping[str, int], pages: int, home_url: str) -> str:
    """Say what was seen instead of posts, and what to try."""
    kinds = _some([(count, _plural(kind, count)) for kind, count in Counter(seen).most_common()])
    seen_text = f"seen were {kinds}" if kinds else "no page came with a body"
    return (
        f"no posts found in {pages} page{'' if pages == 1 else 's'} of {home_url}: {seen_text}."
        " Try the address of the blog itself (often /blog/ or blog.…), or one post with:"
        " copydesk extract URL"
    )


def _plural(kind: str, count: int) -> str:
    return (
        f"other page{'' if count == 1 else 's'}" if kind == "other" else f"{kind}{'' if count == 1 else 's'}"
    )


def details(report: SiteReport) -> dict[str, Any]:
    """Give what goes into the row of the run: its columns, and causes for its JSON."""
    return {
        "requests": report.requests,
        "fetched": report.pages,
        "unchanged": report.unchanged,
        "new_posts": report.new,
        "changed_posts": report.changed,
        "gone_posts": report.gone,
        "failed": report.failed,
        "skipped_by_robots": report.errors.get("robots", 0),
        "posts": report.posts,
        "flags_open": sum(report.flags.values()),
        "size_bytes": report.size_bytes,
        "kinds": dict(report.kinds),
        "errors": dict(report.errors),
        "fixed": report.fixed,
        "causes": list(report.causes),
        "rewritten": report.rewritten,
        "missing": report.missing,
        "checked": report.checked,
        "hints": dict(report.hints),
    }
