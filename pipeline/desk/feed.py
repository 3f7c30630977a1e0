"""An Atom feed of new flags: what the newest crawls brought."""

import re
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, Response
from markupsafe import Markup

from pipeline.desk import access, feeds, queue, words

ENTRIES = 50
NEWEST = """
select f.key, f.rule, f.severity, f.state, f.quote, f.first_seen_at, f.post_id, p.title, p.url
from (select * from flags order by first_seen_at desc limit :limit) f left join posts p on p.id = f.post_id
order by f.first_seen_at desc, f.key
"""
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>New flags in {name}</title><id>{address}</id>
<link rel="self" href="{address}"/><updated>{updated}</updated><author><name>copydesk</name></author>
{entries}</feed>
"""
ENTRY = """<entry><id>{address}#{key}</id><title>{severity}: {rule} in {title}</title><updated>{at}</updated>
<link href="{href}"/><summary>{quote}</summary></entry>
"""


async def feed(request: Any, datasette: Any) -> Response:
    """Send the newest flags to whoever is logged in, or has a feed address that was not revoked."""
    name, actor = tilde_decode(request.url_vars["database"]), request.actor
    if request.args.get("token"):
        actor = feeds.actor_of(datasette, name, request.args["token"])
        if actor is None:
            raise Forbidden("This feed address was revoked or is not valid; make a new one on the desk")
    database = await access.open_as(datasette, name, actor)
    rows = await queue.rows_of(database, NEWEST, {"limit": ENTRIES})
    address = datasette.absolute_url(request, words.path(datasette, database.name) + "/feed.xml")
    entries = [_entry(datasette, request, database.name, address, row) for row in rows]
    updated = rows[0]["first_seen_at"] if rows else "1970-01-01T00:00:00Z"
    body = Markup(FEED).format(
        name=database.name, address=address, updated=updated, entries=Markup("").join(entries)
    )
    return Response(str(body), content_type="application/atom+xml; charset=utf-8")


def _entry(datasette: Any, request: Any, name: str, address: str, row: dict[str, Any]) -> Markup:
    place = (
        words.path(datasette, name, "post", row["post_id"]) if row["post_id"] else words.path(datasette, name)
    )
    return Markup(ENTRY).format(
        address=address,
        key=row["key"],
        severity=row["severity"],
        rule=row["rule"],
        title=UNFIT.sub("\ufffd", row["title"] or row["url"] or "the frame around the posts"),
        at=row["first_seen_at"],
        href=f"{datasette.absolute_url(request, place)}#flag-{row['key']}",
        quote=UNFIT.sub("\ufffd", row["quote"][:300]),
    )
