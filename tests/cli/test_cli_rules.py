"""Rules as their owner uses them: own files, switched off, tried before they are switched on."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from cli_samples import build_blog, copydesk, serving

OWN = """
[[rule]]
name = "warm-kettle"
message = "We say pot now."
phrases = ["kettle"]
fix = "safe"
replacement = "pot"
matches = ["A kettle."]
leaves = ["A kettledrum."]
"""
SLOW = OWN.replace('phrases = ["kettle"]', "regex = ['k.*e.*t.*t.*l.*e.*x.*y']").replace("matches", "#")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A folder with the archive and the database of a crawled blog that has one leftover."""
    root = tmp_path_factory.mktemp("crawled")
    with serving(root / "site") as base:
        build_blog(root / "site", base)
        assert copydesk("crawl", base, "--site", "blog", cwd=root).returncode == 0
    return root


@pytest.fixture
def folder(crawled, tmp_path):
    """A copy of it."""
    shutil.copytree(crawled, tmp_path, dirs_exist_ok=True)
    return tmp_path


def rows(folder, sql):
    with closing(sqlite3.connect(folder / "copydesk.db")) as db:
        return db.execute(sql).fetchall()


def in_rules_folder(folder, text=OWN):
    (folder / "copydesk.toml").touch()
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "house.toml").write_text(text)


def test_own_rules_stand_beside_the_built_in_ones(tmp_path):
    in_rules_folder(tmp_path)
    listed = copydesk("rules", cwd=tmp_path).stdout
    assert "warm-kettle" in listed
    assert "We say pot now" in listed
    assert "broken-form" in listed
    shown = copydesk("rules", "show", "warm-kettle", cwd=tmp_path).stdout
    assert "house.toml, line 2" in shown


def test_own_rules_find_fix_and_are_stored(folder):
    (folder / "own.toml").write_text(OWN)
    assert copydesk("process", "--rules", "own.toml", cwd=folder).returncode == 0
    assert rows(folder, "select summary from rules where name = 'warm-kettle'") == [("We say pot now",)]
    assert rows(folder, "select count(*) > 0 from findings where rule = 'warm-kettle'") == [(1,)]
    (cause,) = rows(folder, "select summary, posts, since from causes where rule = 'warm-kettle'")
    (oldest,) = rows(
        folder,
        "select min(substr(p.published, 1, 7)), count(distinct p.id) from posts p"
        " join findings f on f.post_id = p.id where f.rule = 'warm-kettle'",
    )
    assert cause == ("Own rule: warm-kettle", oldest[1], oldest[0])


@pytest.mark.parametrize("command", [("crawl", "site"), ("process",), ("extract", "-"), ("rules",)])
@pytest.mark.row(78)
def test_a_wrong_file_stops_everything_before_it_starts(tmp_path, command):
    build_blog(tmp_path / "site", "http://blog.example")
    in_rules_folder(tmp_path, OWN.replace("phrases", "phrase"))
    done = copydesk(*command, cwd=tmp_path, input="")
    assert done.returncode == 2
    assert "rules/house.toml, line 5, rule.phrase: this key is not known" in done.stderr
    assert not (tmp_path / "copydesk.db").exists()


@pytest.mark.row(60)
def test_a_slow_expression_is_refused(tmp_path):
    (tmp_path / "own.toml").write_text(SLOW)
    done = copydesk("rules", "--rules", "own.toml", cwd=tmp_path)
    assert (done.returncode, "rule.regex" in done.stderr) == (2, True)
    assert "takes more than 1 s on a line" in done.stderr


def test_extract_uses_the_rules_that_it_is_given(tmp_path):
    (tmp_path / "own.toml").write_text(OWN)
    done = copydesk(
        "extract", "-", "--text", "--rules", "own.toml", cwd=tmp_path, input="Tea\n\nA Kettle sang."
    )
    assert json.loads(done.stdout)["text"] == "A pot sang."


def test_a_rule_that_is_off_says_nothing(folder):
    found = "select count(*) from findings where rule = 'broken-form'"
    assert rows(folder, found) == [(1,)]
    (folder / "copydesk.toml").write_text('[rules]\ndisable = ["broken-form"]\n')
    assert copydesk("process", cwd=folder).returncode == 0
    assert rows(folder, found) == [(0,)]
    assert "(off)" in copydesk("rules", cwd=folder).stdout


def test_ignored_places_and_severities_are_those_of_the_site(folder):
    ignore = '[[site.blog.rules.ignore]]\nphrases = ["form not found"]\nreason = "a quotation"\n'
    (folder / "copydesk.toml").write_text(f'[site.blog]\nurl = "http://blog.example/"\n{ignore}')
    assert copydesk("process", cwd=folder).returncode == 0
    assert rows(folder, "select count(*) from findings where rule = 'broken-form'") == [(0,)]
    (folder / "copydesk.toml").write_text('[rules.severity]\nbroken-form = "info"\n')
    assert copydesk("process", cwd=folder).returncode == 0
    assert rows(folder, "select severity from flags where rule = 'broken-form'") == [("info",)]


def test_a_trial_says_what_would_come_and_stores_nothing(folder):
    (folder / "own.toml").write_text(OWN)
    before = rows(folder, "select count(*), max(id) from findings")
    done = copydesk("rules", "try", "own.toml", cwd=folder)
    assert done.stdout.startswith("warm-kettle: over 5 posts it would add ")
    assert "\n+ http://127.0.0.1" in done.stdout
    assert rows(folder, "select count(*), max(id) from findings") == before
    assert rows(folder, "select count(*) from rules where name = 'warm-kettle'") == [(0,)]


def test_a_trial_of_a_rule_as_it_is_keeps_everything(folder):
    tried = json.loads(copydesk("rules", "try", "broken-form", "--json", cwd=folder).stdout)
    assert (tried["posts"], tried["kept"], tried["added"], tried["removed"]) == (5, 1, [], [])


def test_a_trial_says_what_would_go(folder):
    (folder / "own.toml").write_text(OWN)
    assert copydesk("process", "--rules", "own.toml", cwd=folder).returncode == 0
    (folder / "own.toml").write_text(OWN.replace('["kettle"]', '["no such word"]').replace("matches", "#"))
    tried = json.loads(copydesk("rules", "try", "own.toml", "--json", cwd=folder).stdout)
    assert (tried["posts"], tried["kept"], tried["added"]) == (5, 0, [])
    assert {place["rule"] for place in tried["removed"]} == {"warm-kettle"}


def test_a_trial_names_the_places_that_it_takes_from_other_rules(folder):
    in_rules_folder(folder)
    assert copydesk("process", cwd=folder).returncode == 0
    (quote,) = rows(folder, "select prefix || quote from findings where rule = 'warm-kettle' limit 1")[0]
    longer = json.dumps(" ".join(quote.split()[-2:]))
    other = (
        OWN.replace('["kettle"]', f"[{longer}]").replace("matches", "#").replace("warm-kettle", "old-kettle")
    )
    (folder / "other.toml").write_text(other)
    tried = json.loads(copydesk("rules", "try", "other.toml", "--json", cwd=folder).stdout)
    assert tried["added"]
    assert {place["rule"] for place in tried["taken"]} == {"warm-kettle"}
    assert "places from other rules" in copydesk("rules", "try", "other.toml", cwd=folder).stdout


def test_a_trial_of_a_file_with_an_error_points_at_it_and_runs_nothing(folder):
    (folder / "own.toml").write_text(OWN.replace("phrases", "phrase"))
    done = copydesk("rules", "try", "own.toml", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "own.toml, line 5, rule.phrase: this key is not known" in done.stderr


def test_a_trial_of_nothing_known_names_the_rules(folder):
    done = copydesk("rules", "try", "nonsense", cwd=folder)
    assert (done.returncode, "there is no rule and no file 'nonsense'" in done.stderr) == (2, True)


def test_crawling_without_a_target_or_a_configuration_says_what_to_do(tmp_path):
    done = copydesk("crawl", cwd=tmp_path)
    assert (done.returncode, "[site.<key>] in copydesk.toml" in done.stderr) == (2, True)


def test_the_report_names_what_posts_have_in_common(folder):
    report = json.loads(copydesk("process", "--json", cwd=folder).stdout)["sites"][0]
    (cause,) = report["causes"]
    assert cause == {
        "summary": "Contact Form 7: form deleted",
        "rule": "broken-form",
        "findings": 1,
        "posts": 1,
        "since": "2025-02",
    }
