"""A site that moved to another host: its addresses move along, and its posts stay the posts they were."""

from urllib.parse import urlsplit

from sqlite_utils import Database

from pipeline.store.transact import give_way, now, transaction

BATCH = 200
STATEMENTS = {
    "post_urls": (
        "insert into post_urls(url, site_id, post_id, role, is_current, first_seen_at)"
        " select :new, site_id, post_id, role, is_current, :at from post_urls"
        " where site_id = :site and url = :old on conflict(site_id, url) do nothing",
        "update post_urls set role = 'moved', is_current = 0 where site_id = :site and url = :old",
        "update posts set url = :new where site_id = :site and url = :old",
    ),
    # Without what was known of its content: the archive is to hold each page under its new address, too.
    "urls": (
        "update or ignore urls set url = :new, etag = null, last_modified = null, digest = null,"
        " lastmod = null, state = iif(state in ('done', 'doing', 'failed'), 'todo', state),"
        " reason = 'the site moved' where id = :id",
        "update urls set state = 'skipped', error = 'off_site' where id = :id and url = :old",
    ),
}
"""What is done to each row of a table whose address moves along."""


def follow_move(db: Database, site_id: str, home_url: str) -> None:
    """Take a known site's addresses to the host of `home_url`, where its own home page is on another one.

    A kill in between leaves the rest to the next call: the caller changes the site's own address after this.
    """
    row = db.execute("select home_url from sites where id = ?", [site_id]).fetchone()
    if row is None or _host(row[0]) == _host(home_url):
        return
    for table, statements in STATEMENTS.items():
        rows = db.execute(f"select rowid, url from {table} where site_id = ?", [site_id]).fetchall()
        found = [
            {"id": row_id, "site": site_id, "old": url, "new": new, "at": now()}
            for row_id, url in rows
            if (new := moved(url, row[0], home_url)) is not None
        ]
        for start in range(0, len(found), BATCH):
            with transaction(db):
                for statement in statements:
                    db.conn.executemany(statement, found[start : start + BATCH])
            give_way(db)


def moved(url: str, old_home: str, new_home: str) -> str | None:
    """Give an address of the old host as it is on the new one, folder for folder; None for any other."""
    if _host(url) != _host(old_home):
        return None
    rest, new = urlsplit(url)._replace(scheme="", netloc="").geturl() or "/", urlsplit(new_home)
    was = _folder(old_home)
    path = _folder(new_home) + rest.removeprefix(was) if rest.startswith(was) else rest
    return f"{new.scheme}://{new.netloc}{path}"


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _folder(home_url: str) -> str:
    return urlsplit(home_url).path.rpartition("/")[0] + "/"
