"""Write what a post holds: sections, images, links, categories, tags, authors; only the parts that differ."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from pipeline.store.plan import Plan
from pipeline.store.rows import IMAGE_COLUMNS, LINK_COLUMNS, SECTION_COLUMNS, Row
from pipeline.store.search import forget_sections


def write_contents(db: Database, site_id: str, plans: Sequence[Plan], revisions: dict[str, int]) -> None:
    """Replace the parts that differ from what is stored."""
    _write_sections(db, _changed(plans, "sections"), revisions)
    _move_sections(db, plans, revisions)
    for table, columns in (("images", IMAGE_COLUMNS), ("links", LINK_COLUMNS)):
        changed = _changed(plans, table)
        _delete(db, table, changed)
        rows = ((p.post_id, *row) for p in changed for row in _rows(p, table))
        _insert(db, table, ("post_id", *columns), rows)
    _write_terms(db, site_id, _changed(plans, "terms"))


def _rows(plan: Plan, table: str) -> tuple[Row, ...]:
    return plan.rows.images if table == "images" else plan.rows.links


def _changed(plans: Sequence[Plan], part: str) -> list[Plan]:
    return [plan for plan in plans if plan.known is None or part in plan.changed]


def _write_sections(db: Database, plans: list[Plan], revisions: dict[str, int]) -> None:
    forget_sections(db, [plan.post_id for plan in plans if plan.known])
    _delete(db, "sections", plans)
    rows = ((p.post_id, revisions[p.post_id], *section) for p in plans for section in p.rows.sections)
    _insert(db, "sections", ("post_id", "revision_id", *SECTION_COLUMNS), rows)


def _move_sections(db: Database, plans: Sequence[Plan], revisions: dict[str, int]) -> None:
    """Hand unchanged sections over to a further revision."""
    moved = [plan for plan in plans if plan.action == "revise" and "sections" not in plan.changed]
    db.conn.executemany(
        "update sections set revision_id = ? where post_id = ?",
        [(revisions[p.post_id], p.post_id) for p in moved],
    )


def _write_terms(db: Database, site_id: str, plans: list[Plan]) -> None:
    for table in ("post_categories", "post_tags", "post_authors"):
        _delete(db, table, plans)
    category_ids = _category_ids(db, site_id, plans)
    _insert(
        db,
        "post_categories",
        ("post_id", "category_id", "position"),
        (
            (plan.post_id, category_ids[path], position)
            for plan in plans
            for position, path in enumerate(dict.fromkeys(plan.rows.categories))
        ),
    )
    _write_names(db, site_id, "tags", "tag_id", [(p.post_id, p.rows.tags) for p in plans])
    _write_names(db, site_id, "authors", "author_id", [(p.post_id, p.rows.authors) for p in plans])


def _write_names(
    db: Database, site_id: str, table: str, column: str, named: list[tuple[str, tuple[str, ...]]]
) -> None:
    names = list(dict.fromkeys(name for _, of_post in named for name in of_post))
    db.conn.executemany(
        f"insert into {table}(site_id, name) values (?, ?) on conflict do nothing",
        [(site_id, n) for n in names],
    )
    marks = ",".join("?" * len(names))
    found = db.execute(
        f"select name, id from {table} where site_id = ? and name in ({marks})", [site_id, *names]
    )
    ids = dict(found.fetchall())
    _insert(
        db,
        f"post_{table}",
        ("post_id", column, "position"),
        (
            (post_id, ids[name], position)
            for post_id, of_post in named
            for position, name in enumerate(dict.fromkeys(of_post))
        ),
    )


def _category_ids(db: Database, site_id: str, plans: list[Plan]) -> dict[tuple[str, ...], int]:
    """Make sure that every category and its parents exist; map path -> id."""
    paths = {path[:depth] for p in plans for path in p.rows.categories for depth in range(1, len(path) + 1)}
    ids: dict[tuple[str, ...], int] = {}
    for path in sorted(paths, key=len):
        key = (site_id, " / ".join(path))
        found = db.execute("select id from categories where site_id = ? and path = ?", key).fetchone()
        found = (
            found
            or db.execute(
                "insert into categories(site_id, path, name, parent_id) values (?, ?, ?, ?) returning id",
                (*key, path[-1], ids.get(path[:-1])),
            ).fetchone()
        )
        ids[path] = found[0]
    return ids


def _delete(db: Database, table: str, plans: Iterable[Plan]) -> None:
    db.conn.executemany(f"delete from {table} where post_id = ?", [(p.post_id,) for p in plans if p.known])


def _insert(db: Database, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    marks = ", ".join("?" * len(columns))
    db.conn.executemany(f"insert into {table}({', '.join(columns)}) values ({marks})", rows)
