"""What an editor carries into the CMS: the clean text of a post as Markdown or HTML, or its fixes as a diff.

Applied are safe fixes and accepted ones; what is dismissed or still waits for a decision is left alone.
"""

import difflib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup

from pipeline.desk import access, marks, review


async def markdown(request: Any, datasette: Any) -> Response:
    """Send the clean text as Markdown."""
    post, rows = await _decided(request, datasette)
    title = f"# {post['title']}\n\n" if post["title"] else ""
    return _download(title + "\n\n".join(_paragraphs(rows)) + "\n", f"{_slug(post)}.md", "text/markdown")


async def clean_html(request: Any, datasette: Any) -> Response:
    """Send the clean text as HTML: the body of a post, to paste into a CMS."""
    post, rows = await _decided(request, datasette)
    title = Markup("<h1>{}</h1>\n").format(post["title"]) if post["title"] else Markup("")
    body = Markup("\n").join(_elements(rows))
    return _download(f"{title}{body}\n", f"{_slug(post)}.html", "text/html")


async def diff(request: Any, datasette: Any) -> Response:
    """Send the fixes as a unified diff of the text, one block per line."""
    post, rows = await _decided(request, datasette)
    there = [row for row in rows if row.block.end > row.block.start]
    before = [f"{line}\n" for row in there for line in _original(row).split("\n")]
    after = [f"{line}\n" for text in _lines(rows) for line in text.split("\n")]
    name = _slug(post)
    body = "".join(difflib.unified_diff(before, after, fromfile=f"{name}.before", tofile=f"{name}.after"))
    return _download(body, f"{name}.diff", "text/x-diff")


async def _decided(request: Any, datasette: Any) -> tuple[dict[str, Any], list[marks.Row]]:
    database = await access.open_database(datasette, request)
    found = await review.review_context(database, tilde_decode(request.url_vars["post"]))
    revision = found["revision"]
    if revision is None:
        raise NotFound("No text of this post was stored")
    places = [_place(flag) for flag in found["flags"] if flag["start"] is not None]
    return found["post"], marks.compare(revision["text_raw"], json.loads(revision["blocks"]), places)


def _place(flag: dict[str, Any]) -> marks.Place:
    decided = flag["state"] == "accepted" or (flag["fix"] == "safe" and flag["state"] != "dismissed")
    return review.place_of(flag if decided else {**flag, "replacement": None})


def _original(row: marks.Row) -> str:
    return "".join(piece.text for piece in row.original)


def _lines(rows: Sequence[marks.Row]) -> Iterator[str]:
    """Yield what is left of each block; a block that lost its line break is joined to the one before."""
    held: str | None = None
    for row in rows:
        text = marks.proposed_text(row)
        if row.joined and held is not None:
            held += text
        elif text.strip():
            if held is not None:
                yield held
            held = text
    if held is not None:
        yield held


def _paragraphs(rows: Sequence[marks.Row]) -> Iterator[str]:
    """Yield the blocks as Markdown; items of one list stand on lines of their own."""
    items: list[str] = []
    for row in rows:
        text = marks.proposed_text(row).strip("\n" if row.block.kind == "code" else None)
        if row.block.kind == "list_item" and text:
            items.append(f"- {text}")
            continue
        if items:
            yield "\n".join(items)
            items = []
        if text:
            yield _as_markdown(row.block, text)
    if items:
        yield "\n".join(items)


def _elements(rows: Sequence[marks.Row]) -> Iterator[Markup]:
    """Yield the blocks as elements; the items of one list together."""
    items: list[Markup] = []
    for row in rows:
        text = marks.proposed_text(row).strip("\n" if row.block.kind == "code" else None)
        if row.block.kind == "list_item" and text:
            items.append(Markup("<li>{}</li>").format(text))
            continue
        if items:
            yield Markup("<ul>{}</ul>").format(Markup("").join(items))
            items = []
        if text:
            yield _element(row.block, text)
    if items:
        yield Markup("<ul>{}</ul>").format(Markup("").join(items))


def _element(block: marks.Block, text: str) -> Markup:
    if block.kind == "heading" and block.marked != "bold":
        return Markup("<h{level}>{text}</h{level}>").format(level=block.level or 2, text=text)
    return Markup(ELEMENTS.get("bold" if block.kind == "heading" else block.kind, "<p>{}</p>")).format(text)


ELEMENTS = {
    "bold": "<p><strong>{}</strong></p>",
    "code": "<pre><code>{}</code></pre>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "caption": "<p><em>{}</em></p>",
}


def _as_markdown(block: marks.Block, text: str) -> str:
    if block.kind == "heading":
        return f"**{text}**" if block.marked == "bold" else f"{'#' * (block.level or 2)} {text}"
    if block.kind == "code":
        return f"```\n{text}\n```"
    if block.kind == "quote":
        return f"> {text}"
    return f"*{text}*" if block.kind == "caption" else text


def _slug(post: dict[str, Any]) -> str:
    words = re.findall(r"[a-z0-9]+", (post["title"] or "").lower())
    return "-".join(words)[:60] or post["id"]


def _download(text: str, name: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, headers=headers, content_type=f"{kind}; charset=utf-8")
