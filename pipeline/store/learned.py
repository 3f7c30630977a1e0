"""What was learned of a site, in its row: for people, and for whoever looks for what is wrong with it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from pipeline.store.transact import transaction


def store_learned(
    db: Database, site_id: str, facts: Mapping[str, str | None], template: Mapping[str, Any]
) -> None:
    """Write the facts that are known now (name, platform, theme, edit_url) and the template's summary."""
    with transaction(db):
        db.execute(
            "update sites set name = coalesce(:name, name), platform = coalesce(:platform, platform),"
            " theme = coalesce(:theme, theme), edit_url = coalesce(:edit_url, edit_url), template = :template"
            " where id = :id",
            {**facts, "template": json.dumps(template, ensure_ascii=False), "id": site_id},
        )
