"""The desk over HTTP: what each page says, to whom, and where it leads."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette
from desk_server import start

from pipeline.desk import words
from pipeline.desk.rulepage import paragraphs

REVIEW = "/-/desk/kettles/post/p1"


async def text_of(desk: Datasette, path: str) -> str:
    answer = await desk.client.get(path)
    assert answer.status_code == 200
    return str(answer.text)


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


async def test_front_page_leads_to_flags_and_posts(desk: Datasette) -> None:
    page = await text_of(desk, "/")
    assert "Kettle Notes" in page
    assert '<a class="door" href="/kettles/flags?state=open' in page
    assert f'<a href="{REVIEW}">Kettles</a>' in page
    assert "Which posts need work first?" in page


async def test_desk_leads_to_the_only_queue(desk: Datasette) -> None:
    answer = await desk.client.get("/-/desk")
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/desk/kettles")


async def test_queue_shows_the_three_numbers(desk: Datasette) -> None:
    page = await text_of(desk, "/-/desk/kettles")
    assert '<td class="number" data-label="Severity">9</td>' in page
    assert '<td class="number" data-label="Importance">4 links in</td>' in page
    assert "A clean post" not in page


@pytest.mark.parametrize(("query", "shown"), [("rule=broken-form", True), ("category=Else", False)])
async def test_queue_can_be_narrowed(desk: Datasette, query: str, shown: bool) -> None:
    assert (REVIEW in await text_of(desk, f"/-/desk/kettles?{query}")) == shown


async def test_empty_queue_says_what_was_checked_when_and_by_which_crawl(
    desk: Datasette, db_path: Path
) -> None:
    change(db_path, "delete from flags")
    page = await text_of(desk, "/-/desk/kettles")
    assert "Nothing to mend. 2 posts were checked by" in page
    assert ">crawl 1</a>" in page


async def test_review_shows_reasons_and_origin(desk: Datasette) -> None:
    page = await text_of(desk, REVIEW)
    assert "an image of this post has the name" in page
    assert "The form was deleted" in page
    assert "from json-ld" in page
    assert "http://kettles.example/wp-admin/post.php?post=42&amp;action=edit" in page


async def test_reader_gets_no_forms(desk: Datasette) -> None:
    assert 'name="action"' not in await text_of(desk, REVIEW)


@pytest.mark.parametrize(
    "path",
    [
        "/-/desk/nowhere",
        "/-/desk/kettles/post/none",
        "/-/desk/kettles/rule/none",
        "/-/desk/_internal",
    ],
)
async def test_what_does_not_exist_is_not_found(desk: Datasette, path: str) -> None:
    assert (await desk.client.get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/-/desk/kettles", REVIEW, "/-/desk/kettles/rule/broken-form"])
@pytest.mark.parametrize(
    ("role", "status"), [(None, 403), ("stranger", 403), ("auditor", 200), ("editor", 200)]
)
async def test_desk_obeys_the_permissions_of_datasette(
    db_path: Path, path: str, role: str | None, status: int
) -> None:
    desk = await start(db_path, allow={"role": ["auditor", "editor", "admin"]})
    cookie = desk.sign({"a": {"id": "Ada", "role": role}}, "actor")
    answer = await desk.client.get(path, cookies={"ds_actor": cookie} if role else {})
    assert answer.status_code == status


async def test_rule_page_renders_its_documentation_and_escapes_it(desk: Datasette) -> None:
    page = await text_of(desk, "/-/desk/kettles/rule/image-filename")
    assert "<strong>Leaves alone</strong> <code>&lt;b&gt;code&lt;/b&gt;</code> &amp; friends." in page
    assert "<li>one</li><li>two</li>" in page


def test_examples_are_shown_as_they_are() -> None:
    said = "**Examples**\n\n- A tag:\n\n  ```text\n  <b>one\n\n  two</b>\n  ```\n\n  Found: `<b>`."
    assert [str(part) for part in paragraphs(said)] == [
        "<p><strong>Examples</strong></p>",
        '<ul class="bullets"><li>A tag:</li></ul>',
        "<pre>&lt;b&gt;one\n\ntwo&lt;/b&gt;\n</pre>",
        "<p>Found: <code>&lt;b&gt;</code>.</p>",
    ]


async def test_row_page_of_a_post_shows_sections_categories_and_flags(desk: Datasette) -> None:
    page = await text_of(desk, "/kettles/posts/p1")
    assert "Home / Care" in page
    assert f'<a href="{REVIEW}#section-1">2. Descaling</a>' in page
    assert f'<a href="{REVIEW}#flag-f2">broken-form</a>' in page


async def test_other_rows_stay_as_datasette_shows_them(desk: Datasette) -> None:
    assert "Links from other tables" in await text_of(desk, "/kettles/sites/kettles")


async def test_cells_become_links_badges_and_marks(desk: Datasette) -> None:
    page = await text_of(desk, "/kettles/flags")
    assert '<span class="badge severity-error">error</span>' in page
    assert f'href="{REVIEW}#flag-f1"' in page
    assert '<a href="/kettles/posts/p1">Kettles</a>' in page
    assert '<a href="/-/desk/kettles/rule/broken-form">broken-form</a>' in page


async def test_finding_shows_its_quote_in_context(desk: Datasette) -> None:
    page = await text_of(desk, "/kettles/findings")
    assert '<span class="around">Unplug it. </span>' in page
    assert "<mark>kettle-base-1024x683.jpg</mark>" in page
    assert '<span class="around">The base must</span>' in page


@pytest.mark.parametrize("name", ["my blog", "über.blog", "a~b+c", "50%"])
async def test_database_may_have_any_name(db_path: Path, tmp_path: Path, name: str) -> None:
    path = db_path.rename(tmp_path / f"{name}.db")
    desk = await start(path)
    queue = (await desk.client.get("/-/desk")).headers["location"]
    review = words.path(desk, name, "post", "p1")
    assert f'href="{review}"' in await text_of(desk, queue)
    for door in (review, words.path(desk, name, "rule", "broken-form"), desk.urls.row(name, "posts", "p1")):
        await text_of(desk, door)


async def test_several_databases_are_offered_for_choice(
    desk: Datasette, db_path: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(db_path)) as connection:
        connection.execute("vacuum into ?", (str(tmp_path / "second.db"),))
    both = Datasette([str(db_path), str(tmp_path / "second.db")])
    await both.invoke_startup()
    page = await text_of(both, "/-/desk")
    assert ('href="/-/desk/kettles"' in page, 'href="/-/desk/second"' in page) == (True, True)
