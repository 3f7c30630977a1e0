"""Look at a post's live page now: a crawl of one address, in a process of its own.

It changes no state, for only a complete run may close a flag; it says what that run will find.
"""

import asyncio
import json
import re
import sys
from typing import Any
from urllib.parse import urlsplit

from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, Response

from pipeline.desk import access, review, words

PATIENCE_S = 60
COMMAND = (sys.executable, "-c", "from pipeline.cli.main import main; main()", "extract")
OFF = "Checking from here is switched off on this server."
ELSEWHERE = "This address does not belong to the blog; it was not asked."
LATE = f"The page did not answer within {PATIENCE_S} seconds."

_busy = asyncio.Lock()


async def recheck(request: Any, datasette: Any) -> Response:
    """Fetch and audit the page, and show the review page with what came of it."""
    database = await access.open_database(datasette, request)
    post_id = tilde_decode(request.url_vars["post"])
    if request.method != "POST":
        return Response.redirect(words.path(datasette, database.name, "post", post_id))
    if not access.is_editor(datasette, request.actor):
        raise Forbidden("Only editors may check a page; log in with an editor's link")
    context = await review.review_context(database, post_id)
    url = context["post"]["url"]
    if not access.may_fetch(datasette):
        context["checked"] = {"problem": OFF, "command": f"copydesk extract {url}"}
    elif not _belongs(url, context["home_url"]):
        context["checked"] = {"problem": ELSEWHERE}
    else:
        context["checked"] = await _checked(url, context["flags"])
    return await review.show(datasette, request, database, context)


def _belongs(url: str, home_url: str) -> bool:
    # With the port: what listens on another one of the blog's machine is somebody else's.
    hosts = [urlsplit(one).netloc.lower().removeprefix("www.") for one in (url, home_url)]
    return words.is_web_address(url) and hosts[0] == hosts[1] != ""


async def _checked(url: str, flags: list[dict[str, Any]]) -> dict[str, Any]:
    async with _busy:  # one at a time: a held-down key must not become a storm on the blog
        process = await asyncio.create_subprocess_exec(
            *COMMAND, url, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        try:
            out, said = await asyncio.wait_for(process.communicate(), PATIENCE_S)
        except TimeoutError:
            process.kill()
            await process.wait()
            return {"problem": LATE}
    if process.returncode:
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        return {"problem": last.removeprefix("copydesk: ") or "The page could not be read."}
    return compared(json.loads(out)["findings"], flags)


def compared(found: list[dict[str, Any]], flags: list[dict[str, Any]]) -> dict[str, Any]:
    """Return which flags the live page still shows, which it does not, and how many findings are new."""
    there = {(one["rule"], _fold(one["quote"])) for one in found}
    known = {(flag["rule"], _fold(flag["quote"])) for flag in flags}
    own = [flag for flag in flags if flag["place"] != "furniture"]
    still = [flag["key"] for flag in own if (flag["rule"], _fold(flag["quote"])) in there]
    gone = [flag["key"] for flag in own if flag["key"] not in still]
    fresh = {pair for pair in there - known if pair[0]}
    return {"still": still, "gone": gone, "fresh": len(fresh)}


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
