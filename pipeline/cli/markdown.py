"""A post as Markdown: what an editor reads and a snapshot test compares."""

from collections.abc import Iterator

from pipeline.records import Finding, Post


def to_markdown(post: Post) -> str:
    """Print metadata, sections and findings."""
    return "\n".join(_lines(post)).rstrip() + "\n"


def _lines(post: Post) -> Iterator[str]:
    yield f"# {post.title or '(no title)'}"
    yield ""
    yield from (f"- {name}: {value}" for name, value in _facts(post) if value)
    yield ""
    yield from _text(post.intro)
    for section in post.sections:
        yield f"{'#' * min(section.level + (section.level < 2), 6)} {section.heading}"
        yield ""
        yield from _text(section.text)
    if post.findings:
        yield "---"
        yield ""
        yield "Findings:"
        yield ""
        yield from (_finding(finding) for finding in post.findings)


def _facts(post: Post) -> list[tuple[str, str]]:
    meta = post.metadata
    return [
        ("address", post.url or ""),
        ("kind", post.kind),
        ("authors", ", ".join(meta.authors)),
        ("published", meta.published or ""),
        ("updated", meta.updated or ""),
        ("language", meta.language or ""),
        ("categories", ", ".join(" / ".join(path) for path in meta.category_paths)),
        ("tags", ", ".join(meta.tags)),
    ]


def _text(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line:
            yield line
            yield ""


def _finding(finding: Finding) -> str:
    quote = " ".join(finding.quote.split())
    cure = {"safe": "removed", "suggested": "to be decided", "none": "to be looked at"}[finding.fix]
    if finding.fix == "safe" and finding.replacement:
        cure = f"now `{finding.replacement}`"
    return f"- {finding.rule} ({finding.severity}, {finding.where}): `{quote[:100]}`, {cure}"
