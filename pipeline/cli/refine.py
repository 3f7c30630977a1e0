"""From archived pages to stored posts: learn the site, extract in workers, store what comes back."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from time import monotonic

from sqlite_utils import Database

from pipeline.cli.ghost import Ghost, probe_path, read_ghost
from pipeline.cli.rulings import book_of, profile_of
from pipeline.cli.sink import Sink
from pipeline.cli.work import Item, Known, is_markup, item_url, rows_of_item, tally_item
from pipeline.extract.addresses import is_page_address
from pipeline.extract.listing import is_term_address
from pipeline.records import Failure
from pipeline.site.profile import Profile
from pipeline.site.template import Tally, Template
from pipeline.spread import Task, spread
from pipeline.store.events import Event
from pipeline.store.run import RunContext

SAMPLE = 300
"""So many HTML pages show what a site's pages share; feeds are all read, for each speaks of other posts."""
MOST_TERMS = 2_000
"""So many category, tag and author pages are read besides: each of them speaks of other posts, too."""

Watch = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refined:
    """What became of pages."""

    pages: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)
    """Action of `store.plan.Action` -> posts."""
    failures: tuple[Failure, ...] = ()
    left: int = 0
    """Items that were not reached before the time was up."""
    template: Template | None = None
    """What the site was learned to be; None where there was nothing to do."""
    held: Event | None = None
    """Why changes of known posts were not stored."""


def refine(
    db: Database,
    run: RunContext,
    items: Sequence[Item],
    known: Sequence[Item],
    watch: Watch,
    pages: Sequence[Item] = (),
) -> Refined:
    """Store the posts among `items`; `known` is what the site is learned from.

    `pages` were taken for pages about the site when less was known of it: its posts are stored, too.
    """
    if not items:
        return Refined()
    template = learn_site(known, watch, profile_of(run))
    return _store(db, run, [*items, *_posts_after_all(pages, template)], known, template, watch, None)


def refine_until(
    db: Database,
    run: RunContext,
    items: Sequence[Item],
    known: Sequence[Item],
    deadline: float,
    pages: Sequence[Item] = (),
) -> Refined:
    """Do the same, but stop at a moment of the monotonic clock: somebody wants to go home."""
    if not items:
        return Refined()
    template = learn_site(known, _in_silence, profile_of(run))
    both = [*items, *_posts_after_all(pages, template)]
    return _store(db, run, both, known, template, _in_silence, deadline)


def _posts_after_all(pages: Sequence[Item], template: Template) -> list[Item]:
    return [
        item
        for item in pages
        if template.settle_kind(item.url, "page", dated=False) == "post" and not is_page_address(item.url)
    ]


def learn_site(items: Sequence[Item], watch: Watch, profile: Profile | None = None) -> Template:
    """Learn what a site's pages have in common: from an even sample, all feeds and all term pages."""
    sample = _sample(items)
    task = Task(function=tally_item, shared=profile, url_of=item_url)
    tallies: list[Tally] = []
    results = spread(task, sample)
    for done, tally in enumerate(results, 1):
        if isinstance(tally, Tally):
            tallies.append(tally)
        watch("learning", done, len(sample))
    return Template.from_tally(reduce(add, tallies, Tally()), profile)


def _sample(items: Sequence[Item]) -> list[Item]:
    pages = [item for item in items if is_markup(item)]
    even = pages[:: max(1, -(-len(pages) // SAMPLE))]
    terms = [item for item in pages if item.url is not None and is_term_address(item.url)][:MOST_TERMS]
    return [*dict.fromkeys((*even, *terms)), *(item for item in items if not is_markup(item))]


def _store(
    db: Database,
    run: RunContext,
    items: Sequence[Item],
    known: Sequence[Item],
    template: Template,
    watch: Watch,
    deadline: float | None,
) -> Refined:
    sink = Sink(db, run, [item.url or "" for item in items], _ghost(run.site_id, known, template))
    done = 0
    task = Task(function=rows_of_item, shared=Known(template=template, book=book_of(run)), url_of=item_url)
    results = spread(task, items)
    for item, result in zip(items, results, strict=False):
        done += 1
        sink.take(item, result)
        watch("extracting", done, len(items))
        if deadline is not None and monotonic() > deadline:
            break
    held = sink.close()
    return Refined(
        pages=done,
        kinds=sink.kinds,
        actions=sink.actions,
        failures=tuple(sink.failures),
        left=len(items) - done,
        template=template.having_seen(sink.layouts),
        held=held,
    )


def _ghost(site_id: str, known: Sequence[Item], template: Template) -> Ghost | None:
    """Find the answer to the probe among what is archived."""
    path = probe_path(site_id)
    found = [item for item in known if (item.url or "").endswith(path)]
    return read_ghost(found[-1], template) if found else None


def _in_silence(_what: str, _done: int, _all: int) -> None:
    pass
