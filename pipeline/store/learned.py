"""What was learned of a site, in its row: for people, and for whoever looks for what is wrong with it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from pipeline.store.transact import transaction


def store_learned(
    db: Database, site_id: str, facts: Mapping[str, str | None], template: Mapping[str, Any]
) -> None:
    """Write the facts that are known now (name, platform, theme) and the template's summary."""
    with transaction(db):
        db.execute(
            "update sites set name = coalesce(:name, name), platform = coalesce(:platform, platform),"
            " theme = coalesce(:theme, theme), template = :template where id = :id",
            {**facts, "template": json.dumps(template, ensure_ascii=False), "id": site_id},
        )


def store_edit_url(db: Database, site_id: str, edit_url: str | None) -> None:
    """Remember where the site's CMS edits a post; None leaves what an earlier run was told."""
    if edit_url is not None:
        with transaction(db):
            db.execute("update sites set edit_url = ? where id = ?", [edit_url, site_id])
