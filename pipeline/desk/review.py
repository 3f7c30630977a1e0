"""The review page of a post: original beside proposal, and every finding with its reasons."""

from collections.abc import Iterable, Sequence
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from pipeline.desk import about, access, archived, marks, queue, words

REVISION = """
select * from revisions where post_id = :post
order by id = (select revision_id from posts where id = :post) desc, number desc limit 1
"""
SECTIONS = """
select position, level, heading, heading_raw, number, words, marked, anchor from sections
where post_id = :post and revision_id = :revision order by position
"""
FLAGS = """
select f.key, f.rule, f.severity, f.state, f.confidence, f.quote, f.place, f.section, f.glued, f.fix,
       f.replacement, f.actor, f.decided_at, f.first_seen_at, f.last_seen_at, f.cause_id,
       n.prefix, n.suffix, n.start, n.evidence, n.revision_id, n.pages, r.summary as why,
       c.summary as cause, case when f.cause_id is not null then
           (select count(*) from flags o where o.cause_id = f.cause_id
            and o.state in ('open', 'claimed', 'reopened')) end as cause_open,
       (select v.reason from verdicts v where v.finding = f.key and v.verdict = 'dismissed'
        order by v.id desc limit 1) as reason
from flags f join findings n on n.id = f.finding_id join rules r on r.name = f.rule
left join causes c on c.id = f.cause_id
where f.post_id = :post
   or f.key in (select key from furniture_posts where post_id = :post)
order by f.post_id is null, n.start is not null, n.start, f.rule, f.key
"""
REVISIONS = (
    "select id, number, first_seen_at, changes from revisions where post_id = :post order by number desc"
)
SITE = "select edit_url, home_url from sites where id = :site"
REACH = """
select f.key,
    (select count(*) from flags o where o.post_id = f.post_id and o.rule = f.rule
        and o.state in ('open', 'claimed', 'reopened')) as post,
    (select count(*) from finding_history h
        join finding_history o on o.site_id = h.site_id and o.rule = h.rule and o.quote = h.quote
        join flags w on w.key = o.key and w.state in ('open', 'claimed', 'reopened')
        where h.key = f.key) as text,
    (select count(*) from flags o where o.rule = f.rule and o.site_id = f.site_id
        and o.state in ('open', 'claimed', 'reopened')) as rule
from flags f where f.post_id = :post and f.state in ('open', 'claimed', 'reopened')
"""
"""How many waiting flags a dismissal of each scope would settle."""
IMAGES = "select src, alt, caption, section from images where post_id = :post order by position"
REASONS = (
    "The author means it",
    "Quotation or example",
    "The rule is wrong here",
    "Not worth a change",
    "Mended elsewhere",
)
"""Preset reasons to dismiss, on the keys 1 to 5."""
LONG_TEXT = 250
"""Blocks beyond which only those around findings are shown at first."""
UNDECIDED = ("open", "claimed", "reopened")


async def review_page(request: Any, datasette: Any) -> Response:
    """Show one post for review."""
    database = await access.open_database(datasette, request)
    context = await review_context(database, tilde_decode(request.url_vars["post"]))
    context["done"] = [key for key in (request.args.get("done") or "").split(",") if key]
    return await show(datasette, request, database, context)


async def show(
    datasette: Any, request: Any, database: Any, context: dict[str, Any], status: int = 200
) -> Response:
    """Render the review page; it links to the archived page only where the archive is at hand."""
    revision = context["revision"]
    at_hand = revision and archived.file_of(datasette, database, revision["warc_file"])
    context["is_archived"] = at_hand is not None and revision["warc_offset"] is not None
    if not request.args.get("whole"):
        context["rows"] = shortened(context["rows"])
    waits = any(flag["state"] in UNDECIDED for flag in context["flags"])
    context["next_post"] = None if waits else await _worst_but(database, context["post"]["id"])
    return await queue.page_of(datasette, request, "desk_post.html", context, status)


def shortened(rows: Sequence[dict[str, Any]], around: int = 2) -> list[dict[str, Any] | int]:
    """Replace blocks without a finding by their number where a text is very long; headings stay."""
    if len(rows) <= LONG_TEXT:
        return list(rows)
    changed = {at for at, entry in enumerate(rows) if entry["row"].changed}
    near = {at + step for at in changed for step in range(-around, around + 1)}
    short: list[dict[str, Any] | int] = []
    for at, entry in enumerate(rows):
        last = short[-1] if short else None
        if at in near or entry["block"].kind == "heading":
            short.append(entry)
        elif isinstance(last, int):
            short[-1] = last + 1
        else:
            short.append(1)
    return short


async def _worst_but(database: Any, post_id: str) -> dict[str, Any] | None:
    """Return the post that needs work most, this one aside: where an editor goes on."""
    worst = await queue.worst_posts(database, {}, 2)
    return next((post for post in worst if post["id"] != post_id), None)


async def review_context(database: Any, post_id: str) -> dict[str, Any]:
    """Return all that the review page shows of a post.

    Raises NotFound where no post has this id.
    """
    posts = await queue.rows_of(database, "select * from posts where id = :post", {"post": post_id})
    if not posts:
        raise NotFound("There is no post with this id in this database")
    post = posts[0]
    revisions = await queue.rows_of(database, REVISION, {"post": post_id})
    revision = revisions[0] if revisions else None
    revision_id = revision["id"] if revision else None
    site = (await queue.rows_of(database, SITE, {"site": post["site_id"]}) or [{}])[0]
    reach = {row["key"]: row for row in await queue.rows_of(database, REACH, {"post": post_id})}
    images = await queue.rows_of(database, IMAGES, {"post": post_id})
    sections = await queue.rows_of(database, SECTIONS, {"post": post_id, "revision": revision_id})
    flags = [_readable(flag, sections) for flag in await queue.rows_of(database, FLAGS, {"post": post_id})]
    now, past = _split(flags, revision_id)
    return {
        "database": database.name,
        "post": post,
        "revision": revision,
        "rows": _rows(revision, now, sections, images) if revision else [],
        "first_images": [image for image in images if image["section"] is None],
        "title_pieces": title_pieces(revision, now) if revision else None,
        "sections": sections,
        "flags": now,
        "past": past,
        "metadata": about.metadata_lines(revision),
        "images": images,
        "revisions": await queue.rows_of(database, REVISIONS, {"post": post_id}),
        "reach": reach,
        "home_url": site.get("home_url") or "",
        "edit_href": words.edit_link(
            post["url"], post["platform"], post["cms_post_id"], site.get("edit_url")
        ),
        "reasons": REASONS,
        "undecided": UNDECIDED,
        "done": [],
    }


def _readable(flag: dict[str, Any], sections: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Add what the page says in words: evidence as a list, the section's heading."""
    evidence = words.json_or(flag["evidence"], [])
    heading = next((s["heading"] for s in sections if s["position"] == flag["section"]), None)
    return {**flag, "evidence": evidence if isinstance(evidence, list) else [], "heading": heading}


def _split(
    flags: Iterable[dict[str, Any]], revision_id: int | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Tell flags that stand in the newest revision from those that no longer do."""
    now: list[dict[str, Any]] = []
    past: list[dict[str, Any]] = []
    for flag in flags:
        there = flag["revision_id"] in (None, revision_id) and flag["state"] not in ("fixed", "gone")
        (now if there else past).append(flag)
    return now, past


def _rows(
    revision: dict[str, Any],
    flags: Sequence[dict[str, Any]],
    sections: Sequence[dict[str, Any]],
    images: Sequence[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the compared blocks; a heading is told which section it opens and which images that has."""
    places = [place_of(flag) for flag in flags if flag["start"] is not None]
    outline = words.json_or(revision["blocks"], [])
    waiting = list(sections)
    rows = []
    for row in marks.compare(revision["text_raw"], outline, places):
        text = revision["text_raw"][row.block.start : row.block.end]
        opened = None
        if row.block.kind == "heading" and waiting and waiting[0]["heading_raw"] == text:
            opened = waiting.pop(0)["position"]
        shown = [image for image in images if opened is not None and image["section"] == opened]
        rows.append({"row": row, "block": row.block, "section": opened, "images": shown})
    return rows


def place_of(flag: dict[str, Any]) -> marks.Place:
    """Return where a flag stands in text_raw and what its fix would put there."""
    return marks.Place(
        key=flag["key"],
        severity=flag["severity"],
        state=flag["state"],
        start=flag["start"],
        end=flag["start"] + len(flag["quote"]),
        replacement=None if flag["fix"] == "none" else flag["replacement"],
    )


def title_pieces(revision: dict[str, Any], flags: Sequence[dict[str, Any]]) -> marks.Row | None:
    """Return the title compared, where it has findings; a finding there is located by its quote."""
    title = revision["title_raw"] or revision["title"] or ""
    places = []
    for flag in flags:
        at = title.find(flag["quote"]) if flag["place"] == "title" else -1
        if at >= 0:
            places.append(place_of({**flag, "start": at}))
    return marks.compare(title, [["heading", 1, 1, None, None]], places)[0] if places else None
