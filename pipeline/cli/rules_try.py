"""`copydesk rules try`: what a rule would add and remove, before it is switched on. Writes nothing."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.audit.control import Control, Layer
from pipeline.audit.ownfile import read_own_rules
from pipeline.audit.rulebook import RuleBook
from pipeline.cli.options import archive_option, db_option
from pipeline.cli.progress import ProgressLine
from pipeline.cli.refine import learn_site
from pipeline.cli.rulings import Rulings, probe
from pipeline.cli.runs import places
from pipeline.cli.work import MARKUP, Item, Known, item_url, read_item
from pipeline.errors import ConfigError
from pipeline.process import process
from pipeline.records import Failure
from pipeline.rules import load_rules
from pipeline.spread import Task, spread
from pipeline.store.db import close_store, open_existing
from pipeline.store.read import archived_sources, require_site, site_ids
from pipeline.store.trial import Place, place_of, post_addresses, stored_places

SAMPLES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is tried on each page."""

    known: Known
    names: frozenset[str]
    others: frozenset[str]
    site_id: str


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a trial brought, over all sites."""

    rules: list[str]
    posts: int = 0
    kept: int = 0
    added: list[Place] = field(default_factory=list)
    removed: list[Place] = field(default_factory=list)
    taken: list[Place] = field(default_factory=list)
    """What other rules have reported so far and would lose to what is added."""
    failures: list[str] = field(default_factory=list)


@click.command("try")
@click.argument("rule", metavar="RULE-OR-FILE")
@db_option
@archive_option
@click.option("--site", "key", help="Only this site.")
@click.option("--limit", type=click.IntRange(min=1), help="Only so many posts of each site.")
@click.option("--json", "as_document", is_flag=True, help="Print everything as one JSON document.")
@click.pass_context
def try_command(
    ctx: click.Context,
    rule: str,
    db_path: Path,
    archive: Path,
    key: str | None,
    limit: int | None,
    as_document: bool,
) -> int:
    """Run one rule, or those of a file, over the archived posts and compare with what is stored.

    Shows what would come and go if it were switched on as it is now. Stores nothing.
    """
    rulings, names = _rulings(ctx.obj, rule)
    outcome = Outcome(rules=sorted(names))
    db = open_existing(db_path)
    try:
        if key is not None:
            require_site(db, key)
        with ProgressLine() as line:
            for site in [key] if key else site_ids(db):
                items = places(archived_sources(db, site), archive)
                template = learn_site(items, line.watch())
                known = Known(template=template, book=_switched_on(rulings.book(site), names))
                others = frozenset(one.name for one in rulings.rules()) - names
                trial = Trial(known=known, names=names, others=others, site_id=site)
                _try_site(db, trial, items, limit, outcome)
    finally:
        close_store(db)
    click.echo(json.dumps(asdict(outcome), ensure_ascii=False, indent=2) if as_document else as_text(outcome))
    return 3 if outcome.failures else 0


def _rulings(rulings: Rulings, rule: str) -> tuple[Rulings, frozenset[str]]:
    """Find out what is meant: a rule that is known, or a file with new ones."""
    known = {one.name for one in rulings.rules()}
    if rule in known:
        return rulings, frozenset((rule,))
    if not Path(rule).is_file():
        raise ConfigError(f"there is no rule and no file '{rule}'; rules are: {', '.join(sorted(known))}")
    file = Path(rule).resolve()
    others = tuple(one for one in rulings.own if Path(one.source.rpartition(", line ")[0]).resolve() != file)
    fresh = read_own_rules(Path(rule), {one.name for one in load_rules()} | {one.name for one in others})
    for one in fresh:
        probe(one)
    return replace(rulings, own=(*others, *fresh)), frozenset(one.name for one in fresh)


def _switched_on(book: RuleBook, names: frozenset[str]) -> RuleBook:
    """Switch the rules on, whatever the configuration says of them."""
    return RuleBook(own=book.own, control=book.control + Control(layers=(Layer(enable=names),)))


def _try_site(db: Database, trial: Trial, items: Sequence[Item], limit: int | None, outcome: Outcome) -> None:
    """Add to the outcome what the posts of a site show now and what is stored of them."""
    addresses = post_addresses(db, trial.site_id)
    posts = [item for item in items if (item.url or "") in addresses][:limit]
    task = Task(function=try_item, shared=trial, url_of=item_url)
    found: list[Place] = []
    seen: set[str] = set()
    results = spread(task, posts)
    for item, result in zip(posts, results, strict=True):
        if isinstance(result, Failure):
            outcome.failures.append(f"{item.url}: {result.reason}")
            continue
        address = addresses[item.url or ""]
        seen.add(address)
        found += [replace(place, url=place.url or address) for place in result]
    # Broken furniture can only be missed where every page was looked at.
    stored = [
        place
        for place in stored_places(db, trial.site_id, trial.names)
        if place.url in seen or (place.url == trial.site_id and limit is None)
    ]
    outcome.posts += len(seen)
    others = [place for place in stored_places(db, trial.site_id, trial.others) if place.url in seen]
    added = _compare([p for p in _once(found, trial.site_id) if p.rule in trial.names], stored, outcome)
    outcome.taken += _taken(added, others, found)


def try_item(item: Item, trial: Trial) -> tuple[Place, ...]:
    """Audit one page as it would be. "" stands for its address."""
    page = read_item(item)
    if page is None or page.media_type not in MARKUP:
        return ()
    post = process(page, trial.known.template, trial.known.book)
    if post.kind != "post":
        return ()
    return tuple(
        place_of(trial.site_id if finding.where == "furniture" else "", finding) for finding in post.findings
    )


def _once(found: Sequence[Place], site_id: str) -> Iterator[Place]:
    """Yield broken furniture once for the site, everything else as it comes."""
    seen: set[tuple[str, str]] = set()
    for place in found:
        if place.url == site_id:
            if (place.rule, place.quote) in seen:
                continue
            seen.add((place.rule, place.quote))
        yield place


def _compare(found: Sequence[Place], stored: Sequence[Place], outcome: Outcome) -> list[Place]:
    """Match by post, rule and quote, as the store does, and give what is new."""
    added: list[Place] = []
    left = Counter(map(_key, stored))
    for place in found:
        if left[_key(place)]:
            left[_key(place)] -= 1
            outcome.kept += 1
        else:
            added.append(place)
    outcome.added += added
    for place in reversed(stored):
        if left[_key(place)]:
            left[_key(place)] -= 1
            outcome.removed.append(place)
    return added


def _taken(added: Sequence[Place], stored: Sequence[Place], found: Sequence[Place]) -> Iterator[Place]:
    """Yield what other rules no longer say where something is added."""
    still = Counter(map(_key, found))
    for place in stored:
        if still[_key(place)]:
            still[_key(place)] -= 1
        elif any(one.url == place.url and _overlap(one.quote, place.quote) for one in added):
            yield place


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def _key(place: Place) -> tuple[str, str, str]:
    return place.url, place.rule, place.quote


def as_text(outcome: Outcome) -> str:
    """Print for a person: counts, then samples."""
    lines = [
        f"{', '.join(outcome.rules)}: over {outcome.posts} posts it would add {len(outcome.added)},"
        f" remove {len(outcome.removed)}, keep {outcome.kept} findings. Nothing was stored."
    ]
    if outcome.taken:
        lines[0] += f" It would take {len(outcome.taken)} places from other rules (<)."
    for sign, places_ in (("+", outcome.added), ("-", outcome.removed), ("<", outcome.taken)):
        lines += [_line(sign, place) for place in places_[:SAMPLES]]
        if len(places_) > SAMPLES:
            lines.append(f"{sign} … and {len(places_) - SAMPLES} more (--json prints all)")
    lines += [f"! {failure}" for failure in outcome.failures[:SAMPLES]]
    return "\n".join(lines)


def _line(sign: str, place: Place) -> str:
    text = f"…{place.prefix}«{place.quote[:200]}»{place.suffix}…"
    shown = "".join(char if char.isprintable() else "?" for char in text)
    return f"{sign} {place.url}  {place.rule} ({place.fix}): {shown}"
