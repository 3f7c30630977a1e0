"""A post as Markdown that a person can read: `extract --format markdown` and the snapshot tests."""

from collections.abc import Iterator

from pipeline.records import Finding, Post, Section


def to_markdown(post: Post) -> str:
    """Write metadata as a list, the clean text under its headings, and the findings as a list."""
    lines = [f"# {post.title or '(no title)'}", "", *_metadata(post), ""]
    if post.intro:
        lines += [*_paragraphs(post.intro)]
    for section in post.sections:
        lines += [_heading(section), "", *_paragraphs(section.text)]
    if post.findings:
        lines += ["---", "", "Findings:", "", *map(_finding, post.findings), ""]
    return "\n".join(lines)


def _metadata(post: Post) -> Iterator[str]:
    meta = post.metadata
    shown = {
        "url": post.url,
        "kind": post.kind,
        "authors": ", ".join(meta.authors),
        "published": meta.published,
        "updated": meta.updated,
        "language": meta.language,
        "categories": ", ".join(" / ".join(path) for path in meta.category_paths),
        "tags": ", ".join(meta.tags),
        "images": ", ".join(image.src for image in post.images),
    }
    for name, value in shown.items():
        if value:
            source = meta.provenance.get(name)
            yield f"- {name}: {value}" + (f" ({source})" if source else "")


def _heading(section: Section) -> str:
    note = " *(bold)*" if section.marked == "bold" else ""
    return f"{'#' * min(section.level + 1, 6)} {section.heading}{note}"


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line:
            yield line
            yield ""


def _finding(finding: Finding) -> str:
    because = ", ".join(item.kind for item in finding.evidence)
    quote = " ".join(finding.quote.split())
    return (
        f"- {finding.rule} in {finding.where}, {finding.severity}, fix {finding.fix},"
        f" {finding.confidence:.2f}: “{quote}”" + (f" ({because})" if because else "")
    )
