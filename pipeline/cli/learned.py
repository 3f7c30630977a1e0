"""Write down what was learned of a site as the draft of a profile."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.cli.look import Look, look_at_item
from pipeline.cli.refine import SAMPLE
from pipeline.cli.work import Item, is_markup, item_url
from pipeline.site.layout import Layout
from pipeline.site.template import Template
from pipeline.site.urls import path_of
from pipeline.spread import Task, spread

MOST_LISTED = 50
MOST_SHARED = 12
WIDE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Layouts whose posts overlap in time, and a selector that finds the body on all their pages."""

    layouts: tuple[str, ...]
    first: str
    last: str
    body: str | None


def look_at(items: Sequence[Item], template: Template) -> list[Look]:
    """Look again at an even sample of the pages, now that it is known what to look for."""
    pages = [item for item in items if is_markup(item)]
    sample = pages[:: max(1, -(-len(pages) // SAMPLE))]
    found = spread(Task(function=look_at_item, shared=template, url_of=item_url), sample)
    return [look for look in found if isinstance(look, Look)]


def draft_profile(site: str, template: Template, looks: Sequence[Look]) -> str:
    """Give the draft; it loads as a profile, and everything that proves it stands in comments."""
    spans = find_spans(template, looks)
    lines = [*_head(site, template), *_listings(template), *_witnesses(template)]
    if len(spans) == 1:
        lines += ["", *_body(spans[0])]
    lines += _layouts(template, looks)
    lines += _strangers(template)
    for number, span in enumerate(spans, 1):
        if len(spans) > 1:
            until = [f"until = {span.last}"] if number < len(spans) else []
            lines += ["", "[[era]]", f"# posts from {span.first} to {span.last}", *until, *_body(span)]
    return "\n".join(lines)


def find_spans(template: Template, looks: Sequence[Look]) -> list[Span]:
    """Group the known layouts of dated posts by time, oldest first."""
    known = [(name, one) for name, one in template.layouts.items() if one.is_known and one.first and one.last]
    groups: list[list[tuple[str, Layout]]] = []
    last = ""
    for name, layout in sorted(known, key=lambda pair: pair[1].first or ""):
        if groups and (layout.first or "") <= last:
            groups[-1].append((name, layout))
        else:
            groups.append([(name, layout)])
        last = max(last, layout.last or "")
    return [_span(group, looks) for group in groups]


def _span(group: list[tuple[str, Layout]], looks: Sequence[Look]) -> Span:
    names = {name for name, _ in group}
    found = [look.selectors for look in looks if look.layout in names]
    common = frozenset.intersection(*found) if found else frozenset()
    return Span(
        layouts=tuple(name for name, _ in group),
        first=min(layout.first or "" for _, layout in group),
        last=max(layout.last or "" for _, layout in group),
        body=min(common, key=_plainness, default=None),
    )


def _plainness(css: str) -> tuple[bool, int, int, str]:
    """Order selectors: first those that name a class or id, then the short ones."""
    return "." not in css and "#" not in css, css.count(" "), len(css), css


def _head(site: str, template: Template) -> Iterator[str]:
    yield f"# What was learned of {site} from {template.pages} pages. Saved as profiles/{site}.toml, this"
    yield "# wins over what is learned: correct what is wrong, leave out what copydesk may go on learning."
    if template.confidence is None:
        yield "# No post was seen."
    else:
        share = f"{len(template.posts) - len(template.strangers)} of {len(template.posts)} posts"
        yield f"# Confidence {template.confidence:.2f}: {share} share their layout with at least four pages."
    yield _comment(
        f"platform: {template.platform or 'not recognised'}; theme: {template.theme or 'not seen'}"
    )
    yield ""
    yield f"site_name = {_quoted(template.site_name)}" if template.site_name else '# site_name = "…"'
    yield '# edit_url = "https://…/{id}"'


def _listings(template: Template) -> Iterator[str]:
    folders = sorted(path_of(folder) for folder in template.listing_folders)
    if folders:
        globs = ", ".join(_quoted(f"{folder}*") for folder in folders)
        yield "# most pages in these folders list posts; written out, all would be taken for lists"
        yield f"# listings = [{globs}]"


def _witnesses(template: Template) -> Iterator[str]:
    for source in ("feed", "listing", "sitemap"):
        spoken = {
            url for url, said in template.witnesses.items() if any(one.source == source for one in said)
        }
        if spoken:
            posts = len(spoken & template.posts)
            yield f"# {source}s speak of {len(spoken)} addresses, {posts} of them among the posts seen"


def _body(span: Span) -> list[str]:
    if span.body is not None:
        return [f"body = {_quoted(span.body)}"]
    return ['# body = "…": no short selector finds the body on all these pages']


def _layouts(template: Template, looks: Sequence[Look]) -> Iterator[str]:
    texts = {mark: text for look in looks for mark, text in look.samples.items()}
    known = [(name, layout) for name, layout in template.layouts.items() if layout.is_known]
    for name, layout in sorted(known, key=lambda pair: (-pair[1].posts, -pair[1].pages, pair[0])):
        dates = f", from {layout.first} to {layout.last}" if layout.first else ""
        yield from ("", _comment(f"layout: {layout.pages} pages, {layout.posts} posts{dates}"))
        yield _comment(f"  body at {name}")
        for field, place in layout.fields.items():
            yield _comment(f"  {field} at {place.css}, as other witnesses say on {place.posts} posts")
        shared = sorted(layout.furniture.items(), key=lambda pair: (-pair[1], pair[0]))
        for mark, count in shared[:MOST_SHARED]:
            if mark in texts:
                yield _comment(f"  {count} pages share: {texts[mark]}")


def _strangers(template: Template) -> Iterator[str]:
    if not template.strangers:
        return
    count = len(template.strangers)
    yield from (
        "",
        f"# {count} post{'s' * (count > 1)} with a layout of too few pages; each was read by itself:",
    )
    for url, layout in sorted(template.strangers.items())[:MOST_LISTED]:
        yield _comment(f"  {url}")
        yield _comment(f"    body at {layout}")
    if count > MOST_LISTED:
        yield f"#   and {count - MOST_LISTED} more"


def _comment(text: str) -> str:
    line = "".join(char if char.isprintable() else " " for char in text).rstrip()
    indent = len(line) - len(line.lstrip())
    short = line if "://" in line or " at " in line or len(line) <= WIDE else line[: WIDE - 1] + "…"
    return f"# {' ' * indent}{short.lstrip()}"


def _quoted(text: str) -> str:
    """Write a TOML string: JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
