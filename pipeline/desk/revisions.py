"""Earlier revisions of a post, and what changed in words between two of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from pipeline.desk import access, queue

REVISIONS = """
select id, number, title_raw, title, text_raw, metadata, changes, first_seen_at, warc_file
from revisions where post_id = :post order by number
"""
WORD = re.compile(r"\s+|[^\s]+")
LONGEST = 20_000
"""Words of a changed stretch beyond which it is shown as a whole: comparing grows with the square."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


async def revisions_page(request: Any, datasette: Any) -> Response:
    """Show what changed from one revision to another; without a choice, the newest step."""
    database = await access.open_database(datasette, request)
    post_id = tilde_decode(request.url_vars["post"])
    posts = await queue.rows_of(
        database, "select id, title, url from posts where id = :post", {"post": post_id}
    )
    found = await queue.rows_of(database, REVISIONS, {"post": post_id})
    if not posts or not found:
        raise NotFound("There is no post with revisions under this id")
    by_number = {row["number"]: row for row in found}
    new = _chosen(request.args.get("to"), by_number, found[-1])
    old = _chosen(request.args.get("from"), by_number, found[max(0, found.index(new) - 1)])
    context = {
        "database": database.name,
        "post": posts[0],
        "revisions": found[::-1],
        "old": old,
        "new": new,
        "title": list(compare_words(_title(old), _title(new))),
        "lines": folded(list(compare(old["text_raw"], new["text_raw"]))),
        "same_metadata": old["metadata"] == new["metadata"],
    }
    return await queue.page_of(datasette, request, "desk_revisions.html", context)


def _chosen(number: str | None, rows: dict[int, dict[str, Any]], otherwise: dict[str, Any]) -> dict[str, Any]:
    return rows.get(int(number), otherwise) if number and number.isdecimal() else otherwise


def _title(revision: dict[str, Any]) -> str:
    return str(revision["title_raw"] or revision["title"] or "")


def compare(old: str, new: str) -> Iterator[tuple[Part, ...]]:
    """Yield the lines of both texts, each as parts; a changed line shows its changed words."""
    before, after = old.split("\n"), new.split("\n")
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((Part("same", line),) for line in before[i1:i2])
            continue
        paired = min(i2 - i1, j2 - j1)
        for gone, came in zip(before[i1 : i1 + paired], after[j1 : j1 + paired], strict=True):
            yield tuple(compare_words(gone, came))
        yield from ((Part("gone", line),) for line in before[i1 + paired : i2])
        yield from ((Part("new", line),) for line in after[j1 + paired : j2])


def compare_words(old: str, new: str) -> Iterator[Part]:
    """Yield what stayed, went and came, word by word."""
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) + len(after) > LONGEST:
        yield from (Part("gone", old), Part("new", new))
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("same", "".join(before[i1:i2]))
            continue
        if i2 > i1:
            yield Part("gone", "".join(before[i1:i2]))
        if j2 > j1:
            yield Part("new", "".join(after[j1:j2]))


def folded(lines: Sequence[tuple[Part, ...]], around: int = 1) -> list[tuple[Part, ...] | int]:
    """Replace long stretches of unchanged lines by their number, so that changes stand together."""
    changed = [i for i, line in enumerate(lines) if any(part.kind != "same" for part in line)]
    near = {at for i in changed for at in range(i - around, i + around + 1)}
    out: list[tuple[Part, ...] | int] = []
    for index, line in enumerate(lines):
        last = out[-1] if out else None
        if index in near:
            out.append(line)
        elif isinstance(last, int):
            out[-1] = last + 1
        else:
            out.append(1)
    return out
