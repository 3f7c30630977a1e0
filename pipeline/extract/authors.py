"""Who wrote the post: people's names, in page order."""

from collections.abc import Collection

from pipeline.extract.bylines import Said, witnesses
from pipeline.extract.facts import Facts
from pipeline.extract.names import rank
from pipeline.extract.votes import MOST_SAID
from pipeline.extract.votes import Said as Claim
from pipeline.extract.words import key

RANK_POINTS = 25
CLOSE = 25
"""A witness with this much less weight may still be the one that names everybody."""


def find_authors(facts: Facts) -> tuple[tuple[str, ...], str, tuple[Claim, ...]]:
    """Give the authors, who names them, and what all witnesses said; () where nobody names any.

    The weight of a witness counts together with what it says: a name in the byline beats an organisation
    or "admin" in the metadata.
    """
    site = {key(name) for name in facts.names}
    said = [each for each in witnesses(facts) if each.names]
    best = max(said, key=lambda each: _points(each, site), default=None)
    if best is None or _points(best, site) <= 0:
        return (), "text", ()
    chosen = _fullest(best, said, site)
    heard = dict.fromkeys(("authors", each.source, ", ".join(each.names)) for each in said)
    return _tidy(chosen.names, said, site), chosen.source, tuple(heard)[:MOST_SAID]


def _points(said: Said, site: Collection[str]) -> float:
    top = max(rank(name, site) for name in said.names)
    return said.weight + RANK_POINTS * (top - 2) if top else 0


def _fullest(best: Said, said: list[Said], site: Collection[str]) -> Said:
    """Prefer a witness nearly as good that names all of the best one's people and more."""
    mine = {key(name) for name in best.names}
    for other in said:
        more = mine < {key(name) for name in other.names}
        if (
            more
            and other.weight >= best.weight - CLOSE
            and all(rank(name, site) == 3 for name in other.names)
        ):
            return other
    return best


def _edges(words: str, part: str) -> bool:
    return len(part) < len(words) and (words.startswith(part) or words.endswith(part))


def _tidy(names: tuple[str, ...], said: list[Said], site: Collection[str]) -> tuple[str, ...]:
    """Leave out an organisation or "admin" beside real names, and each name said twice."""
    ranks = {name: rank(name, site) for name in names}
    top = max(ranks.values())
    kept = [name for name in names if ranks[name] >= min(top, 2)]
    clean = {name for each in said for name in each.names if rank(name, site) == 3}
    seen: dict[str, str] = {}
    for name in kept:
        # A byline often holds a word too many ("Ann Lee Search"); another witness says where the name ends.
        words = f" {key(name)} "
        shorter = next((other for other in clean if other != name and _edges(words, f" {key(other)} ")), name)
        seen.setdefault(key(shorter), shorter)
    return tuple(seen.values())
