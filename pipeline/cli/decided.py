"""A stored post as editors decided: accepted fixes applied, dismissed ones not (contracts: a finding)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.audit.fix import Edit, apply_edits
from pipeline.extract.outline import outline
from pipeline.records import Block, Finding, Image, Post


def decided(post: Post, states: Sequence[str | None]) -> Post:
    """Apply what holds now; `states` are those of the post's flags, in the order of its findings."""
    pairs = list(zip(post.findings, states, strict=True))
    if not any(_applies(finding, state) != (finding.fix == "safe") for finding, state in pairs):
        return post
    edits = list(_edits(finding for finding, state in pairs if _applies(finding, state)))
    clean = _clean_texts(post.text_raw, post.blocks, edits)
    cut = outline(post.blocks, clean)
    text = apply_edits(post.text_raw, edits)
    return replace(
        post,
        title=_title(post, [finding for finding, state in pairs if _applies(finding, state)]),
        text=text,
        intro=cut.intro,
        sections=cut.sections,
        images=_images(post.images, [finding for finding, state in pairs if state == "accepted"]),
    )


def _applies(finding: Finding, state: str | None) -> bool:
    return state == "accepted" or (finding.fix == "safe" and state != "dismissed")


def _edits(findings: Iterator[Finding]) -> Iterator[Edit]:
    """Yield replacements in the body that do not overlap, first come first served."""
    end = 0
    placed = [f for f in findings if f.start is not None and f.replacement is not None and f.quote]
    for finding in sorted(placed, key=lambda f: f.start or 0):
        start = finding.start or 0
        if start >= end:
            end = start + len(finding.quote)
            yield Edit(start=start, end=end, replacement=finding.replacement or "")


def _title(post: Post, findings: Sequence[Finding]) -> str | None:
    """Give the title with the fixes that are about it; one of which nothing would be left stays as it is."""
    title = post.metadata.title
    placed = [f for f in findings if f.where == "title" and f.quote and f.replacement is not None]
    if title is None:
        return post.title
    for finding in placed:
        around = title.find(f"{finding.prefix}{finding.quote}{finding.suffix}")
        start = around + len(finding.prefix) if around >= 0 else title.find(finding.quote)
        if start >= 0:
            title = f"{title[:start]}{finding.replacement}{title[start + len(finding.quote) :]}"
    return title.strip() or post.title


def _images(images: Sequence[Image], accepted: Sequence[Finding]) -> tuple[Image, ...]:
    """Give the pictures with what was accepted for their attributes; a finding speaks of all equal values."""
    mended = {
        f.quote: f.replacement for f in accepted if f.where == "attribute" and f.replacement is not None
    }
    if not mended:
        return tuple(images)
    return tuple(
        replace(image, alt=_mended(image.alt, mended), title=_mended(image.title, mended)) for image in images
    )


def _mended(value: str | None, mended: Mapping[str, str]) -> str | None:
    return value if value is None else mended.get(value.strip(), value)


def _clean_texts(text_raw: str, blocks: Sequence[Block], edits: Sequence[Edit]) -> list[str]:
    """Cut the edits at the borders of blocks; the replacement goes to the block where an edit begins."""
    texts: list[str] = []
    at = 0
    for block in blocks:
        if not block.text:
            texts.append("")
            continue
        end = at + len(block.text)
        inside = [
            Edit(
                start=max(edit.start, at) - at,
                end=min(edit.end, end) - at,
                replacement=edit.replacement if edit.start >= at else "",
            )
            for edit in edits
            if edit.start < end and edit.end > at
        ]
        texts.append(apply_edits(text_raw[at:end], inside))
        at = end + 1
    return texts
