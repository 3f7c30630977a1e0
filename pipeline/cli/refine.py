"""From archived pages to stored posts: learn the site, extract in workers, store what comes back."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from time import monotonic

from sqlite_utils import Database

from pipeline.cli.work import Item, Other, is_markup, item_url, rows_of_item, tally_item
from pipeline.records import Failure
from pipeline.site.template import Tally, Template
from pipeline.spread import Task, spread
from pipeline.store.notes import mark_kinds, write_failures
from pipeline.store.run import RunContext
from pipeline.store.write import PostWriter

SAMPLE = 300
"""So many HTML pages show what a site's pages share; feeds are all read, for each speaks of other posts."""

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


def refine(
    db: Database, run: RunContext, items: Sequence[Item], known: Sequence[Item], watch: Watch
) -> Refined:
    """Store the posts among `items`; `known` is what the site is learned from."""
    if not items:
        return Refined()
    return _store(db, run, items, learn_site(known, watch), watch, None)


def refine_until(
    db: Database, run: RunContext, items: Sequence[Item], known: Sequence[Item], deadline: float
) -> Refined:
    """Do the same, but stop at a moment of the monotonic clock: somebody wants to go home."""
    if not items:
        return Refined()
    return _store(db, run, items, learn_site(known, _in_silence), _in_silence, deadline)


def learn_site(items: Sequence[Item], watch: Watch) -> Template:
    """Learn what a site's pages have in common from an even sample of them and from all feeds."""
    pages = [item for item in items if is_markup(item)]
    step = max(1, -(-len(pages) // SAMPLE))
    sample = pages[::step] + [item for item in items if not is_markup(item)]
    task = Task(function=tally_item, shared=None, url_of=item_url)
    tallies: list[Tally] = []
    results = spread(task, sample)
    for done, tally in enumerate(results, 1):
        if isinstance(tally, Tally):
            tallies.append(tally)
        watch("learning", done, len(sample))
    return Template.from_tally(reduce(add, tallies, Tally()))


def _store(
    db: Database,
    run: RunContext,
    items: Sequence[Item],
    template: Template,
    watch: Watch,
    deadline: float | None,
) -> Refined:
    writer = PostWriter(db, run)
    kinds: Counter[str] = Counter()
    marks: list[tuple[str, str]] = []
    failures: list[Failure] = []
    done = 0
    task = Task(function=rows_of_item, shared=template, url_of=item_url)
    results = spread(task, items)
    for item, result in zip(items, results, strict=False):
        done += 1
        if isinstance(result, Failure):
            failures.append(result)
            marks.append(("error", item.url or ""))
        elif isinstance(result, Other):
            marks.append((result.kind, result.url))
            kinds[result.kind] += 1
        else:
            writer.add(result)
            kinds[result.kind] += 1
            if item.url != result.url:
                marks.append((result.kind, item.url or ""))
        watch("extracting", done, len(items))
        if deadline is not None and monotonic() > deadline:
            break
    writer.close()
    write_failures(db, run, failures)
    mark_kinds(db, run.site_id, marks)
    return Refined(
        pages=done, kinds=kinds, actions=writer.counts, failures=tuple(failures), left=len(items) - done
    )


def _in_silence(_what: str, _done: int, _all: int) -> None:
    pass
