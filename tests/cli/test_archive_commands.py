"""`copydesk archive` as an administrator calls it, over an archive that a database was made of."""

import gzip
import io
import json
import random
import re
import shutil
import sqlite3
from contextlib import chdir, closing
from typing import NamedTuple

import pytest
from cli_samples import build_blog, copydesk, serving
from click.testing import CliRunner

from pipeline.archive.members import members
from pipeline.cli.archive import command
from pipeline.cli.archive_prune import date_of
from pipeline.cli.codes import code_of, sentence_of
from pipeline.errors import ConfigError
from pipeline.store.archived import move_places
from pipeline.store.db import close_store, open_existing
from pipeline.store.lock import run_lock

TEXTS = "select url, text from posts order by url"


@pytest.fixture(scope="module")
def archived(tmp_path_factory):
    """A folder with two nights of a small blog, half a year apart; the second night one post had changed."""
    root = tmp_path_factory.mktemp("archived")
    site = root / "site"
    site.mkdir()
    with serving(site) as base:
        for fixed in (False, True):
            build_blog(site, base, 4, fixed=fixed)
            assert copydesk("crawl", base, "--site", "tea", cwd=root).returncode == 0
            age(root)
    return root


def age(root):
    """Let a night's file be half a year old: other dates, other lengths, and the database told of it."""
    (file,) = [path for path in (root / "archive").glob("*.gz") if path.name.startswith("tea-20")]
    moves, made = {}, b""
    for member in members(io.BytesIO(file.read_bytes())):
        moves[member.offset] = ("night.warc.gz", len(made))
        made += gzip.compress(
            re.sub(rb"WARC-Date: [\d-]{10}", b"WARC-Date: 2025-06-01", member.data), mtime=0
        )
    if (root / "archive/night.warc.gz").exists():
        return
    (root / "archive/night.warc.gz").write_bytes(made)
    db = open_existing(root / "copydesk.db")
    move_places(db, file.name, moves)
    close_store(db)
    file.unlink()


@pytest.fixture
def folder(archived, tmp_path):
    return shutil.copytree(archived, tmp_path / "copy")


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def archive(folder, *words):
    """Run a command as `copydesk` would, without the second that a process takes to start."""
    with chdir(folder):
        result = CliRunner().invoke(command, words, standalone_mode=False)
    if result.exception is not None:
        return Done(code_of(result.exception), result.stdout, sentence_of(result.exception))
    return Done(result.return_value, result.stdout, "")


def ask(folder, sql):
    with closing(sqlite3.connect(folder / "copydesk.db")) as conn:
        return conn.execute(sql).fetchall()


def read_again(folder):
    """Process the archive again; return the state of the run and the texts."""
    done = copydesk("process", "--json", cwd=folder)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)["sites"][0]["state"], ask(
        folder, "select url, text from posts order by url"
    )


def test_a_sound_archive_is_called_sound(folder):
    done = archive(folder, "verify")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "sound")
    assert re.match(r"2 files, \d+ records \(\d+ request, \d+ response, .*revisit", done.stdout)


def test_whatever_the_database_remembers_is_looked_up(folder):
    conn = sqlite3.connect(folder / "copydesk.db")
    with closing(conn), conn:
        conn.execute("update urls set warc_offset = 7 where url like '%post-3/'")
        conn.execute("update urls set digest = 'abc' where url like '%post-4/'")
        conn.execute("update revisions set warc_file = 'gone.warc.gz' where id = 1")
    found = json.loads(archive(folder, "verify", "--json").stdout)
    troubles = "\n".join(what for file in found["files"] for what in file["troubles"])
    assert (found["sound"], troubles.count("\n")) == (False, 2)
    assert re.search(r"no answer at byte 7, where urls \(.*post-3/\) looks for one", troubles)
    assert re.search(r"another payload than urls \(.*post-4/\) says", troubles)
    assert "it is not there (1 record remembered); put it back from a backup" in troubles


def test_what_is_damaged_is_mended_and_what_is_lost_is_asked_for_again(folder):
    file = folder / "archive/night.warc.gz"
    (offset,) = ask(folder, "select warc_offset from urls where url like '%post-3/'")[0]
    content = bytearray(file.read_bytes())
    content[offset + 30 : offset + 90] = bytes(60)
    file.write_bytes(content[:-50])
    assert archive(folder, "verify").returncode == 3
    kept = ask(folder, TEXTS)
    said = archive(folder, "repair").stdout
    assert ("1 damaged stretch filled" in said, "lost to the database: 1 record" in said) == (True, True)
    assert archive(folder, "verify").stdout.splitlines()[-1] == "sound"
    lost = "select digest, state from urls where warc_file is null and url like '%post-%'"
    assert ask(folder, lost) == [(None, "todo")]
    assert read_again(folder) == ("complete", kept)


def test_a_repair_that_is_only_tried_changes_nothing(folder):
    file = folder / "archive/night.warc.gz"
    file.write_bytes(file.read_bytes()[:-50])
    before = file.read_bytes(), sorted(folder.rglob("*.warc*"))
    done = archive(folder, "repair", "--dry-run")
    assert ("would mend 1 stretch" in done.stdout, done.returncode) == (True, 0)
    assert (file.read_bytes(), sorted(folder.rglob("*.warc*"))) == before


def test_pruning_moves_what_stays_and_the_database_finds_it(folder):
    texts = read_again(folder)
    told = json.loads(archive(folder, "prune", "--older-than", "2025-12-01", "--json").stdout)
    assert (told["rewritten"], told["removed"], told["left_alone"]) == (["night.warc.gz"], [], [])
    assert "night-pruned1.warc.gz" in [path.name for path in folder.glob("archive/*")]
    assert archive(folder, "verify").stdout.splitlines()[-1] == "sound"
    assert ask(folder, "select number from revisions where warc_file is null") == [(1,)]
    assert read_again(folder) == texts


def test_pruning_that_is_only_tried_changes_nothing(folder):
    before = sorted((path.name, path.read_bytes()) for path in folder.glob("archive/*"))
    done = archive(folder, "prune", "--older-than", "2025-12-01", "--dry-run")
    assert re.search(r"[1-9]\d* records older than 2025-12-01 would go", done.stdout)
    assert sorted((path.name, path.read_bytes()) for path in folder.glob("archive/*")) == before


def test_pruning_twice_finds_nothing_more(folder):
    archive(folder, "prune", "--older-than", "2025-12-01")
    assert "0 records older" in archive(folder, "prune", "--older-than", "2025-12-01").stdout


def test_nothing_is_pruned_without_the_database_that_knows_the_places(folder):
    done = archive(folder, "prune", "--older-than", "1d", "--db", "other.db")
    assert (done.returncode, "there is no database" in done.stderr) == (5, True)
    assert not (folder / "other.db.lock").exists()


@pytest.mark.parametrize("words", [["verify"], ["repair"], ["prune", "--older-than", "1d"]])
def test_nothing_is_looked_after_while_a_run_writes(folder, words):
    with run_lock(folder / "copydesk.db"):
        assert archive(folder, *words).returncode == 75


def test_an_index_and_a_package_are_written(folder):
    assert re.search(r"\d+ entries of 2 files", archive(folder, "index").stdout)
    told = json.loads(archive(folder, "pack", "tea.wacz", "--json").stdout)
    assert (told["pages"], told["warc_files"]) == (7, 2)
    assert (folder / "tea.wacz").stat().st_size == told["size_bytes"]
    again = archive(folder, "pack", "tea.wacz")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_a_damaged_archive_is_not_passed_on(folder):
    file = folder / "archive/night.warc.gz"
    file.write_bytes(file.read_bytes()[:-50])
    done = archive(folder, "pack", "tea.wacz")
    assert (done.returncode, "copydesk archive repair" in done.stderr) == (3, True)
    assert not (folder / "tea.wacz").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["index", "--archive", "nowhere"], "holds no WARC files"),
        (["verify", "--archive", "nowhere"], "there is no folder nowhere"),
        (["pack", "tea.zip"], "call it tea.wacz"),
        (["pack", "tea.wacz", "--site", "rum"], "holds no file of rum"),
    ],
)
def test_a_mistake_is_answered_with_what_to_do(archived, words, said):
    done = archive(archived, *words)
    assert (done.returncode, said in done.stderr) == (2, True)


@pytest.mark.parametrize("age", ["soon", "2999-01-01", "-3d", "1.5d", ""])
def test_an_age_is_days_or_a_day_that_has_come(age):
    with pytest.raises(ConfigError, match="--older-than"):
        date_of(age)


def test_files_rotate_at_the_size_of_the_configuration(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    with serving(site) as base:
        build_blog(site, base, 3)
        for n in (1, 2, 3):
            page = site / f"post-{n}/index.html"
            noise = random.Random(n).randbytes(600_000).hex()  # which gzip makes half as long
            page.write_text(page.read_text().replace("</head>", f"<!-- {noise} --></head>"))
        tea = f'[archive]\nmax_mb = 1\n[site.tea]\nurl = "{base}/"\nallow_private = true\n'
        (tmp_path / "copydesk.toml").write_text(tea)
        copydesk("crawl", cwd=tmp_path)
    assert len(list(tmp_path.glob("archive/tea-*.warc.gz"))) == 2
    assert archive(tmp_path, "verify").stdout.splitlines()[-1] == "sound"
