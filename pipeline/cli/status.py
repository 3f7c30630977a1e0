"""`copydesk status`: how each site stands."""

import json
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import counted, db_option
from pipeline.errors import ConfigError
from pipeline.store.db import open_existing
from pipeline.store.examine import lock_holder
from pipeline.store.read import require_site, site_ids
from pipeline.store.status import site_status


@click.command("status")
@click.argument("site", required=False)
@db_option
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")
def command(site: str | None, db_path: Path, as_document: bool) -> int:
    """Say how each site stands: its last run, posts, flags, hints, and what needs somebody."""
    db = open_existing(db_path)
    try:
        if site is not None:
            require_site(db, site)
        found = [site_status(db, key) for key in ([site] if site else site_ids(db))]
        holder = lock_holder(db_path)
    finally:
        db.conn.close()
    if not found:
        raise ConfigError(f"{db_path} holds no site yet; begin with: copydesk crawl URL --db {db_path}")
    if as_document:
        click.echo(json.dumps({"database": str(db_path), "at_work": holder, "sites": found}, indent=2))
    else:
        click.echo("\n\n".join(_as_text(status, holder) for status in found))
    return 0


def _as_text(status: dict[str, Any], holder: str | None) -> str:
    lines = [f"{status['site']}  {status['home_url']}{'  (paused)' if status['paused'] else ''}"]
    rows = [
        ("last run", _run(status["last_run"], holder)),
        ("of it", _counts(status["last_run"])),
        ("posts", _posts(status)),
        ("flags", _flags(status)),
        (
            "orphans",
            f"{counted(status['orphans'], 'post')} that no page links to" if status["orphans"] else "",
        ),
        ("links", _broken(status) if status["broken_links"] else ""),
        (
            "waiting",
            counted(status["waiting_urls"], "address", "addresses") if status["waiting_urls"] else "",
        ),
    ]
    rows += [(f"{name}", f"{said['verdict']}: {said['reason']}") for name, said in status["hints"].items()]
    rows += [
        ("attention", f"{event['summary']} (since {event['first_seen_at'][:10]})")
        for event in status["events"]
    ]
    return "\n".join([*lines, *(f"  {name:<11}{value}" for name, value in rows if value)])


def _broken(status: dict[str, Any]) -> str:
    targets = status["broken_targets"]
    where = f"{targets:,} addresses that are" if targets != 1 else "one address that is"
    return f"{status['broken_links']:,} lead to {where} missing or gone; they stand in broken_links"


def _run(run: dict[str, Any] | None, holder: str | None) -> str:
    if run is None:
        return "never crawled"
    if run["state"] == "running":
        how = f"at work now: {holder}" if holder else "killed before it could report; the next one goes on"
        return f"began {run['started_at']}, {how}"
    return f"{run['state']}, {run['finished_at']}: {run['message']}"


def _counts(run: dict[str, Any] | None) -> str:
    """Say what came of the addresses that a finished run asked for; nothing of one that asked for none."""
    if run is None or run["state"] == "running" or not run["requests"]:
        return ""
    causes = ", ".join(f"{count} {kind}" for kind, count in sorted(run["report"].get("errors", {}).items()))
    sure = run["template_confidence"]
    strange = run["report"].get("unlike_others", 0)
    unlike = f" ({counted(strange, 'post')} unlike the others)" if strange else ""
    said = [
        f"{counted(run['requests'], 'request')}, {run['fetched']:,} fetched, {run['unchanged']:,} unchanged",
        f"posts {run['new_posts']:,} new, {run['changed_posts']:,} changed, {run['gone_posts']:,} gone",
        f"{run['failed']:,} failed{f' (no page: {causes})' if causes else ''}",
        f"{run['skipped_by_robots']:,} skipped by robots.txt",
        "template not needed" if sure is None else f"template {sure:.0%} sure{unlike}",
    ]
    return "; ".join(said)


def _posts(status: dict[str, Any]) -> str:
    more = [f"{status[name]} {name}" for name in ("missing", "gone") if status[name]]
    if not status["posts"] and not more:
        return "no data: no post is stored yet"
    return ", ".join([f"{status['posts']:,}", *more])


def _flags(status: dict[str, Any]) -> str:
    flags = status["flags"]
    if flags is None:
        return "no data: nothing was checked yet"
    total = sum(flags.values())
    kinds = ", ".join(f"{count} {name}" for name, count in flags.items() if count)
    checked = f"in {counted(status['posts'] + status['missing'], 'post')} checked"
    since = status["last_complete_at"]
    newest = f"; last complete run {since}" if since else "; no run was complete yet"
    return f"{counted(total, 'flag')} {checked}{f' ({kinds})' if kinds else ''}{newest}"
