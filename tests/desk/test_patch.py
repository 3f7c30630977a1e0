"""What is carried into the CMS: safe and accepted fixes, nothing else."""

import sqlite3
from contextlib import closing
from pathlib import Path

from datasette.app import Datasette

POST = "/-/desk/kettles/post/p1"
CLEAN = """# Kettles

A kettle that sings is a kettle worth keeping.

## 1. Before you start

Unplug it. The base must be dry before you open it.

- One small screwdriver
- A soft cloth

#### 2. Descaling

```
vinegar: 1 part
water:   2 parts
```

*The inside after ten minutes*

> Readers wrote “Error: Contact form not found.” to me for a week.
"""


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


async def removed(desk: Datasette) -> list[str]:
    """Return the lines that the diff takes out."""
    lines = (await desk.client.get(f"{POST}/fixes.diff")).text.splitlines()
    return [line for line in lines if line.startswith("-") and not line.startswith("---")]


async def test_clean_text_is_markdown_in_the_order_of_the_post(desk: Datasette) -> None:
    answer = await desk.client.get(f"{POST}/clean.md")
    assert answer.text == CLEAN
    assert answer.headers["content-disposition"] == 'attachment; filename="kettles.md"'


async def test_diff_takes_out_what_the_fixes_take_out(desk: Datasette) -> None:
    assert await removed(desk) == [
        "-Unplug it. kettle-base-1024x683.jpgThe base must be dry before you open it.",
        "-Error: Contact form not found.",
    ]


async def test_dismissed_finding_stays_in_the_text(desk: Datasette, db_path: Path) -> None:
    change(db_path, "update flags set state = 'dismissed' where key = 'f1'")
    assert await removed(desk) == ["-Error: Contact form not found."]


async def test_suggested_fix_waits_until_it_is_accepted(desk: Datasette, db_path: Path) -> None:
    change(db_path, "update flags set fix = 'suggested' where key = 'f1'")
    assert await removed(desk) == ["-Error: Contact form not found."]
    change(db_path, "update flags set state = 'accepted' where key = 'f1'")
    assert len(await removed(desk)) == 2


async def test_post_that_is_not_there_has_no_patch(desk: Datasette) -> None:
    assert (await desk.client.get("/-/desk/kettles/post/none/clean.md")).status_code == 404
