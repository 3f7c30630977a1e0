"""What `explain` found, as text for a person."""

from collections.abc import Iterator, Mapping
from typing import Any

WIDE = 100
"""Characters of a line's text that are shown."""


def as_text(told: Mapping[str, Any]) -> str:
    """Print every step, in the order of the line."""
    lines = [*_page(told["page"])]
    if "feed" in told:
        return "\n".join([*lines, *_feed(told["feed"])])
    if "sitemap" in told:
        return "\n".join([*lines, *_sitemap(told["sitemap"])])
    if "site" in told:
        lines += _site(told["site"])
        lines += ["", "Kind", f"  {told['kind']['kind']}: {told['kind']['why']}"]
        lines += ["", "Body", f"  {told['body']['path']}"]
        lines += [f"  {told['body']['why']}; {told['body']['share']:.0%} of the page's prose"]
        lines += _fields(told["fields"])
        lines += _blocks(told["blocks"])
        lines += _left_out(told["left_out"])
    return "\n".join([*lines, *_findings(told["post"]["findings"])])


def _page(page: Mapping[str, Any]) -> Iterator[str]:
    yield str(page["url"])
    yield f"  {page['media_type']}, status {page['status']}, {page['characters']:,} characters"
    yield f"  charset {page['charset']}, by its {page['charset_reason']}"
    if page["warc_file"]:
        yield f"  {page['warc_file']} at byte {page['warc_offset']}, fetched {page['fetched_at']}"


def _feed(feed: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"Feed ({feed['kind']}): {_short(feed['title'] or 'without a title')}")
    yield f"  {len(feed['entries'])} entries; next page {feed['next_url'] or 'none'}"
    for entry in feed["entries"]:
        yield from ("", f"  {entry['url']}")
        paths = [" / ".join(path) for path in entry["category_paths"]]
        for name, value in {**entry, "category_paths": paths}.items():
            if value and name not in ("url", "source"):
                yield f"    {name:<15}{_short(value if isinstance(value, str) else ', '.join(value))}"


def _sitemap(entries: list[Mapping[str, Any]]) -> Iterator[str]:
    yield from ("", f"Sitemap, addresses: {len(entries)}")
    for entry in entries:
        sort = "  (another sitemap)" if entry["is_sitemap"] else ""
        changed = f"  changed {entry['lastmod']}" if entry["lastmod"] else ""
        yield f"  {entry['url']}{sort}{changed}"


def _site(site: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", "Site")
    sure = "no post seen" if site["confidence"] is None else f"confidence {site['confidence']:.2f}"
    yield f"  learned from {site['pages']} pages, {sure}"
    span = f", posts from {site['layout_posts_from']} to {site['layout_posts_to']}" * bool(
        site["layout_posts_to"]
    )
    known = "known" if site["layout_known"] else "unknown: too few pages to learn from"
    yield f"  layout {known}; {site['layout_pages']} pages{span}"
    if site["profile"] is not None:
        yield f"  profile {site['profile']}, era until {site['era']['until'] or 'now'}"
    for idle in site["idle"]:
        yield f"    its {idle['key']} = {idle['selector']!r} finds nothing on this page"


def _fields(fields: list[Mapping[str, Any]]) -> Iterator[str]:
    yield from ("", "Fields")
    for field in fields:
        value = field["value"]
        shown = ", ".join(value) if isinstance(value, tuple | list) else value
        yield f"  {field['field']:<11}{_short(shown or 'none')}" + (
            f"  ({field['won']})" if field["won"] else ""
        )
        for said in field["said"]:
            yield f"  {'':<11}{said['source']} says {_short(said['value'])}"


def _blocks(blocks: list[Mapping[str, Any]]) -> Iterator[str]:
    yield from ("", f"Blocks ({sum(block['kept'] for block in blocks)} of {len(blocks)} kept)")
    for block in blocks:
        level = str(block["level"] or "")
        why = "" if block["kept"] else f"  ({block['why']})"
        yield f"  {'keep' if block['kept'] else 'drop'} {block['kind']}{level}: {_short(block['text'])}{why}"


def _left_out(elements: list[Mapping[str, str]]) -> Iterator[str]:
    yield from ("", f"Left out ({len(elements)})")
    for element in elements:
        yield f"  {_short(element['place'])}: {element['why']}"
        yield f"    {element['text']}"


def _findings(findings: list[Mapping[str, Any]]) -> Iterator[str]:
    yield from ("", f"Findings ({len(findings)})")
    for finding in findings:
        head = f"{finding['rule']} in {finding['where']}, {finding['severity']}, {finding['confidence']}"
        yield f"  {head}, fix {finding['fix']}: {_short(finding['quote'])!r}"
        for one in finding["evidence"]:
            yield f"    {one['kind']}: {one['detail']}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDE else line[: WIDE - 1] + "…"
