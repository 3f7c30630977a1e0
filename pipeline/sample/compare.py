"""Hold the records that copydesk made of the sample blog against the blog's own truth."""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.sample.matching import Fact, Paired, fold, overlaps, pair

TOKEN = re.compile(r"[\u3040-\u9fff]|[^\W\u3040-\u9fff]+")
"""A word; in Japanese, which has no spaces, a letter."""
NOTHING: Paired = Paired(found=(), missed=(), false_alarms=())


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScore:
    """How one rule did."""

    rule: str
    found: int
    total: int
    missed: tuple[str, ...]
    """Each with the path of its post."""
    false_alarms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How close the records come to the truth."""

    posts_found: int
    posts_total: int
    not_posts: tuple[str, ...]
    """Addresses that were taken for posts and are none."""
    rules: tuple[RuleScore, ...]
    lookalikes_flagged: tuple[str, ...]
    lookalikes_total: int
    fields: dict[str, float]
    """Field -> share of the true posts that have it right, 0–1; a missing post has nothing right."""
    wrong: tuple[str, ...]
    """One line per field and post that differs, for a person."""

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        found = sum(score.found for score in self.rules)
        total = sum(score.total for score in self.rules)
        alarms = sum(len(score.false_alarms) for score in self.rules)
        parts = [
            f"found {found} of {total} artifacts",
            f"{len(self.lookalikes_flagged)} of {self.lookalikes_total} look-alikes flagged",
            f"{self.posts_found} of {self.posts_total} posts",
        ]
        parts += [f"{alarms} false alarm{'s' * (alarms != 1)}"] if alarms else []
        parts += [f"{len(self.not_posts)} pages taken for posts"] if self.not_posts else []
        return "; ".join(parts)

    def measures(self) -> dict[str, float]:
        """Give every figure under one name each."""
        alarms = sum(len(score.false_alarms) for score in self.rules)
        return {
            "posts_found": self.posts_found,
            "posts_total": self.posts_total,
            "not_posts": len(self.not_posts),
            "artifacts_found": sum(score.found for score in self.rules),
            "artifacts_total": sum(score.total for score in self.rules),
            "false_alarms": alarms,
            "lookalikes_flagged": len(self.lookalikes_flagged),
            "lookalikes_total": self.lookalikes_total,
            **self.fields,
        }


def read_truth(path: Path) -> list[Fact]:
    """Read the `truth.jsonl` that `build` wrote."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def compare(
    records: Iterable[dict[str, Any]], truth: Path | Sequence[Fact], rules: Collection[str] | None = None
) -> Comparison:
    """Compare post records (contract: `export posts`) with the truth.

    `rules` names the rules that were asked to run: artifacts and findings of others do not count.
    """
    facts = read_truth(truth) if isinstance(truth, Path) else truth
    found = {_path(record["url"]): record for record in records if record.get("kind", "post") == "post"}
    pairs = {fact["url"]: _paired(fact, found.get(_path(fact["url"])), rules) for fact in facts}
    posts = [(fact, found.get(_path(fact["url"]))) for fact in facts]
    flagged = [
        f"{fact['url']}: {words}"
        for fact in facts
        for words in fact["lookalikes"]
        if any(overlaps(alarm, words) for alarm in pairs[fact["url"]].false_alarms)
    ]
    scored = {name: [(fact, score(fact, record)) for fact, record in posts] for name, score in FIELDS.items()}
    return Comparison(
        posts_found=sum(record is not None for _, record in posts),
        posts_total=len(facts),
        not_posts=tuple(sorted(found.keys() - {_path(fact["url"]) for fact in facts})),
        rules=tuple(_by_rule(pairs)),
        lookalikes_flagged=tuple(flagged),
        lookalikes_total=sum(len(fact["lookalikes"]) for fact in facts),
        fields={name: sum(v for _, v in rows) / max(len(rows), 1) for name, rows in scored.items()},
        wrong=tuple(
            f"{name} {value:.2f} {fact['url']}"
            for name, rows in scored.items()
            for fact, value in rows
            if value < 0.995
        ),
    )


def to_markdown(comparison: Comparison) -> str:
    """Print a comparison as Markdown: the sentence, a table of fields, one of rules, and every mistake."""
    lines = [comparison.sentence, "", "| field | right |", "|---|---:|"]
    lines += [f"| {name} | {value:.3f} |" for name, value in comparison.fields.items()]
    lines += ["", "| rule | found | of | false alarms |", "|---|---:|---:|---:|"]
    lines += [f"| {s.rule} | {s.found} | {s.total} | {len(s.false_alarms)} |" for s in comparison.rules]
    mistakes = [f"- missed {s.rule} {line}" for s in comparison.rules for line in s.missed]
    mistakes += [f"- false alarm {s.rule} {line}" for s in comparison.rules for line in s.false_alarms]
    mistakes += [f"- look-alike flagged {line}" for line in comparison.lookalikes_flagged]
    mistakes += [f"- not a post {path}" for path in comparison.not_posts]
    mistakes += [f"- {line}" for line in comparison.wrong]
    return "\n".join([*lines, "", *mistakes]).rstrip() + "\n"


def _path(url: str | None) -> str:
    return unquote(urlsplit(url or "").path)


def _paired(fact: Fact, record: Fact | None, rules: Collection[str] | None) -> Paired:
    wanted = [a for a in fact["artifacts"] if rules is None or a["rule"] in rules]
    findings = [f for f in (record or {}).get("findings", ()) if rules is None or f["rule"] in rules]
    return pair(wanted, findings)


def _by_rule(pairs: dict[str, Paired]) -> Iterable[RuleScore]:
    names = {fact["rule"] for p in pairs.values() for fact in (*p.missed, *p.false_alarms)}
    for rule in sorted(names | {fact["rule"] for p in pairs.values() for fact, _ in p.found}):
        found = sum(fact["rule"] == rule for p in pairs.values() for fact, _ in p.found)
        missed = _said(rule, {url: p.missed for url, p in pairs.items()})
        alarms = _said(rule, {url: p.false_alarms for url, p in pairs.items()})
        yield RuleScore(rule=rule, found=found, total=found + len(missed), missed=missed, false_alarms=alarms)


def _said(rule: str, facts: dict[str, tuple[Fact, ...]]) -> tuple[str, ...]:
    return tuple(f"{url}: {f['quote']!r}" for url, some in facts.items() for f in some if f["rule"] == rule)


def _equal(key: str, view: Callable[[Any], Any]) -> Callable[[Fact, Fact | None], float]:
    """Make a score that is 1 where both sides look the same through `view`."""
    return lambda fact, record: float(record is not None and view(record.get(key)) == view(fact[key]))


def _headings(fact: Fact, record: Fact | None) -> float:
    """Score levels and texts of real headings; a bold line that acts as one may be there or not."""
    sides = [
        Counter((s["level"], fold(s["heading"])) for s in side["sections"] if s["marked"] == "heading")
        for side in (fact, record or {"sections": []})
    ]
    return _f1(*sides)


def _numbers(fact: Fact, record: Fact | None) -> float:
    sides = [
        Counter((s["number"], fold(s["heading"])) for s in side["sections"] if s["number"])
        for side in (fact, record or {"sections": []})
    ]
    return _f1(*sides)


def _text(fact: Fact, record: Fact | None) -> float:
    return _f1(*(Counter(TOKEN.findall(fold(side["text"]))) for side in (fact, record or {"text": ""})))


def _glued(fact: Fact, record: Fact | None) -> float:
    """Score the side on which a found artifact touches clean text."""
    found = pair(fact["artifacts"], (record or {}).get("findings", ())).found
    return sum(a["glued"] == f["glued"] for a, f in found) / len(found) if found else 1.0


def _f1(true: Counter[Any], ours: Counter[Any]) -> float:
    both, total = (true & ours).total(), true.total() + ours.total()
    return 2 * both / total if total else 1.0


FIELDS: dict[str, Callable[[Fact, Fact | None], float]] = {
    "title": _equal("title", lambda words: fold(words or "")),
    "authors": _equal("authors", list),
    "published": _equal("published", lambda when: (when or "")[:10]),
    "updated": _equal("updated", lambda when: (when or "")[:10]),
    "language": _equal("language", lambda code: (code or "").partition("-")[0]),
    "categories": _equal("categories", list),
    "category_paths": _equal("category_paths", list),
    "tags": _equal("tags", sorted),
    "headings": _headings,
    "numbers": _numbers,
    "text": _text,
    "glued": _glued,
}
