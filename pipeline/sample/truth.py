"""Say what a careful editor reads out of each sample post: its metadata, sections, text and leftovers."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.sample.body import Line
from pipeline.sample.inline import Artifact, Run, clean_of, raw_of
from pipeline.sample.posts import SamplePost

NUMBER = re.compile(r"(?:Step\s)?(\d+(?:\.\d+)+(?=\s)|\d+(?=[.):]))")
Fact = dict[str, Any]


def truth_of(post: SamplePost) -> Fact:
    """Give the truth about one post; `text` has one block per line, leftovers removed."""
    lines = [line for chunk in post.body for line in chunk.lines]
    sections, owners = _sections(lines)
    runs = [*post.title, *(run for line in lines for run in line.runs)]
    return {
        "url": post.path,
        "title": post.name,
        "authors": list(post.authors),
        "published": post.published.isoformat() if post.era == "new" else f"{post.published:%Y-%m-%d}",
        "updated": post.updated.isoformat() if post.updated else None,
        "language": post.language,
        "categories": [names[-1] for names in post.categories],
        "category_paths": [list(names) for names in post.categories],
        "tags": list(post.tags),
        "sections": sections,
        "text": "\n".join(words for line in lines if (words := clean_text(line))),
        "artifacts": [*_in_title(post), *_in_body(lines, owners), *_in_categories(post)],
        "lookalikes": [run.lookalike for run in runs if run.lookalike] + list(post.lookalikes),
    }


def clean_text(line: Line) -> str:
    """Give a line as it should read; code keeps its spaces, what stands in an attribute is no text."""
    if line.kind == "attribute":
        return ""
    return "".join(run.clean for run in line.runs) if line.kind == "code" else clean_of(line.runs)


def _sections(lines: list[Line]) -> tuple[list[Fact], list[int | None]]:
    """Collect the sections and, per line, the index of the section that it stands in."""
    sections: list[Fact] = []
    owners: list[int | None] = []
    level = 1
    for line in lines:
        heading = clean_of(line.runs)
        if line.kind in ("heading", "bold") and heading:
            level = line.level or level
            number = NUMBER.match(heading)
            sections.append(
                {
                    "level": line.level or min(level + 1, 6),
                    "heading": heading,
                    "heading_raw": raw_of(line.runs),
                    "number": number[1] if number else None,
                    "marked": line.kind,
                }
            )
        owners.append(len(sections) - 1 if sections else None)
    return sections, owners


def _in_body(lines: list[Line], owners: list[int | None]) -> Iterator[Fact]:
    for line, section in zip(lines, owners, strict=True):
        for at, run in enumerate(line.runs):
            if run.artifact:
                where = "attribute" if run.artifact.variant == "attribute" else line.kind
                yield _fact(run.artifact, where, section) | {"glued": _glued(line.runs, at, run.artifact)}


def _in_title(post: SamplePost) -> Iterator[Fact]:
    for at, run in enumerate(post.title):
        if run.artifact:
            yield _fact(run.artifact, "title", None) | {"glued": _glued(post.title, at, run.artifact)}


def _in_categories(post: SamplePost) -> Iterator[Fact]:
    for name in post.repeated:
        yield _fact(Artifact(rule="repeated-category", quote=name), "metadata", None)


def _fact(artifact: Artifact, where: str, section: int | None) -> Fact:
    quote = "\n".join(" ".join(line.split()) for line in artifact.quote.split("\n"))
    place = {"where": "heading" if where == "bold" else where, "glued": "none", "section": section}
    return {"rule": artifact.rule, "quote": quote, **place}


def _glued(runs: tuple[Run, ...], at: int, artifact: Artifact) -> str:
    """Say on which side the leftover touches clean text."""
    if "\n" in artifact.quote or artifact.variant == "attribute":
        return "none"
    left = "".join(run.raw for run in runs[:at])
    right = "".join(run.raw for run in runs[at + 1 :])
    after, before = left[-1:].strip() != "", right[:1].strip() != ""
    return {(1, 1): "both", (1, 0): "after", (0, 1): "before"}.get((after, before), "none")
