"""The metadata file: everything described, every question answered."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette

from pipeline.desk.publish import metadata_for

ENTRY = metadata_for(["copydesk"])["databases"]["copydesk"]
QUESTIONS = ENTRY["queries"]
SHADOWS = ("_fts", "_fts_config", "_fts_data", "_fts_docsize", "_fts_idx", "sqlite_stat1", "sqlite_sequence")


def described(table: str) -> set[str]:
    return set(ENTRY["tables"].get(table, {}).get("columns", {}))


def schema(path: Path) -> dict[str, set[str]]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("select name from sqlite_master where type in (?, ?)", ("table", "view"))
        return {
            name: {row[1] for row in connection.execute(f"pragma table_info([{name}])")}
            for (name,) in names.fetchall()
            if not name.endswith(SHADOWS)
        }


def test_every_table_view_and_column_is_described_and_nothing_else(db_path: Path) -> None:
    assert {name: described(name) for name in ENTRY["tables"]} == schema(db_path)


def test_every_table_and_view_says_what_it_is() -> None:
    assert [name for name, table in ENTRY["tables"].items() if not table.get("description")] == []


def test_facets_and_sorts_name_columns_that_exist(db_path: Path) -> None:
    columns = schema(db_path)
    for name, table in ENTRY["tables"].items():
        named = [*table.get("facets", []), *table.get("sortable_columns", []), table.get("sort_desc")]
        named += [table.get("sort"), table.get("label_column")]
        assert {column for column in named if column} <= columns[name], name


def test_there_are_enough_questions_and_each_has_a_title_and_a_sentence() -> None:
    assert len(QUESTIONS) >= 15
    assert [name for name, query in QUESTIONS.items() if not query["title"].endswith("?")] == []
    assert [name for name, query in QUESTIONS.items() if not query["description"].endswith(".")] == []


@pytest.mark.parametrize("name", QUESTIONS)
async def test_question_is_answered_without_parameters(desk: Datasette, name: str) -> None:
    answer = await desk.client.get(f"/kettles/{name}.json?_shape=objects")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    page = await desk.client.get(f"/kettles/{name}")
    assert (page.status_code, QUESTIONS[name]["title"] in page.text) == (200, True)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("worst_posts", 1),
        ("open_flags_by_rule", 4),
        ("open_flags_by_category", 1),
        ("one_cause_many_flags", 1),
        ("broken_forms", 2),
        ("flags_of_rule?rule=broken-form", 2),
        ("last_run", 5),
        ("changed_since?since=2026-01-01", 3),
        ("changed_since?since=2026-04-01", 0),
        ("stale_posts?before=2021-05-02", 1),
        ("thin_posts?words=10", 1),
        ("skipped_levels", 1),
        ("without_category", 1),
        ("lonely_categories", 1),
        ("rare_tags", 1),
        ("without_author_or_date", 1),
        ("images_without_alt", 1),
        ("orphan_posts", 1),
        ("links_to_gone_posts", 1),
        ("posts_by_month", 1),
        ("pages_that_failed", 1),
    ],
)
async def test_question_finds_what_is_there(desk: Datasette, question: str, rows: int) -> None:
    name, _, query = question.partition("?")
    answer = await desk.client.get(f"/kettles/{name}.json?_shape=array&{query}")
    assert len(answer.json()) == rows


async def test_plumbing_is_hidden(desk: Datasette) -> None:
    hidden = set(await desk.get_database("kettles").hidden_table_names())
    assert {"_sqlite_migrations", "finding_history", "posts_fts", "sections_fts"} <= hidden


@pytest.mark.parametrize(("table", "word"), [("posts", "screwdriver"), ("sections", "descaling")])
async def test_posts_and_sections_can_be_searched(desk: Datasette, table: str, word: str) -> None:
    answer = await desk.client.get(f"/kettles/{table}.json?_search={word}&_shape=array")
    assert [row.get("post_id", row["id"]) for row in answer.json()] == ["p1"]
