"""A rule's own page: its documentation, and where it found something."""

import re
import textwrap
from collections.abc import Iterator
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup, escape

from pipeline.desk import access, queue

STATES = "select state, count(*) as flags from flags where rule = :rule group by state order by flags desc"
STRONG = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
EMPHASIS = re.compile(r"(?<![*\w])\*([^*\s](?:[^*]*[^*\s])?)\*(?![*\w])")
CODE = re.compile(r"`([^`]+)`")
FENCE = re.compile(r"^ *```text\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
ITEM = re.compile(r"^[-*] ", re.MULTILINE)


async def rule_page(request: Any, datasette: Any) -> Response:
    """Show what a rule finds, why, and what it leaves alone."""
    database = await access.open_database(datasette, request)
    name = tilde_decode(request.url_vars["rule"])
    rules = await queue.rows_of(database, "select * from rules where name = :rule", {"rule": name})
    if not rules:
        raise NotFound(f"There is no rule named {name}")
    context = {
        "database": database.name,
        "rule": rules[0],
        "paragraphs": list(paragraphs(rules[0]["page"].removeprefix(f"# {name}\n"))),
        "states": await queue.rows_of(database, STATES, {"rule": name}),
    }
    return await queue.page_of(datasette, request, "desk_rule.html", context)


def paragraphs(markdown: str) -> Iterator[Markup]:
    """Yield a page's paragraphs as markup: marks, code, lists, headings, examples; all else is escaped."""
    for number, stretch in enumerate(FENCE.split(markdown.strip())):
        if number % 2:
            yield Markup("<pre>{}</pre>").format(textwrap.dedent(stretch))
        else:
            yield from _prose(stretch)


def _prose(markdown: str) -> Iterator[Markup]:
    for part in filter(None, map(str.strip, re.split(r"\n\s*\n", markdown))):
        if part.startswith("#"):
            yield Markup("<h2>{}</h2>").format(part.lstrip("# "))
        elif ITEM.match(part):
            items = (Markup("<li>{}</li>").format(inline(item)) for item in ITEM.split(part)[1:])
            yield Markup('<ul class="bullets">{}</ul>').format(Markup("").join(items))
        else:
            yield Markup("<p>{}</p>").format(inline(part))


def inline(text: str) -> Markup:
    """Escape a line of Markdown, then turn its marks into elements."""
    safe = str(escape(text.strip()))
    safe = CODE.sub(r"<code>\1</code>", safe)
    safe = STRONG.sub(r"<strong>\1</strong>", safe)
    return Markup(EMPHASIS.sub(r"<em>\1</em>", safe))
