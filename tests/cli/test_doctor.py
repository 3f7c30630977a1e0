"""`copydesk doctor` finds what is wrong on this machine, names the remedy, and the remedy helps."""

import json
import os
from datetime import UTC, datetime

import pytest
from cli_samples import copydesk, serving
from doctor_samples import CONFIG, found

from pipeline.cli import doctor_here
from pipeline.cli.checkup import as_document, exit_code_of, fail, ok
from pipeline.cli.doctor import examine, mend
from pipeline.store.lock import run_lock


def test_nothing_fails_where_all_is_well(place):
    before = place.db.read_bytes()
    checks = list(examine(place, online=False))
    assert [check for check in checks if check.state not in ("ok", "note")] == []
    topics = "versions configuration secrets lock database search runs archive disk disk clock"
    assert [check.topic for check in checks] == topics.split()
    assert (exit_code_of(checks), place.db.read_bytes() == before) == (0, True)


def test_the_command_prints_a_line_for_each_and_exits_0(healthy):
    done = copydesk("doctor", cwd=healthy)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "nothing fails")
    told = json.loads(copydesk("doctor", "--json", cwd=healthy).stdout)
    assert (told["exit_code"], {check["state"] for check in told["checks"]}) == (0, {"ok"})


def test_an_empty_folder_is_told_how_to_begin(tmp_path):
    done = copydesk("doctor", cwd=tmp_path)
    assert (done.returncode, "copydesk init" in done.stdout, "copydesk crawl" in done.stdout) == (
        0,
        True,
        True,
    )
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_configuration_is_named_with_its_line(place):
    place.config.write_text(place.config.read_text() + "colour = 3\n")
    state, code, said = found(place, "configuration")
    assert (state, code, "line 5, site.tea.colour" in said) == ("fail", 2, True)


def test_a_crawl_without_a_contact_and_one_that_believes_anybody_are_warned_of(place):
    place.config.write_text(place.config.read_text().replace("contact", "insecure = true\n#"))
    said = [check.said for check in examine(place, online=False) if check.state == "warn"]
    assert said == ["[site.tea] names no contact", "[site.tea] believes any certificate"]


def test_secrets_are_named_and_never_shown(place, monkeypatch):
    lines = 'user_env = "TEA_USER"\npassword_env = "TEA_PASSWORD"\n[notify]\nping = "$DOG"\n'
    place.config.write_text(place.config.read_text() + lines)
    monkeypatch.setenv("TEA_PASSWORD", "hunter2-and-more")
    monkeypatch.setenv("DATASETTE_SECRET", "short-secret")
    told = json.dumps(as_document(examine(place, online=False)))
    assert [name in told for name in ("TEA_USER", "DOG", "TEA_PASSWORD", "DATASETTE_SECRET")] == [
        True,
        True,
        False,
        True,
    ]
    assert ("hunter2" in told, "short-secret" in told) == (False, False)


def test_a_secret_that_others_can_read_is_closed_by_fix(place):
    folder = place.db.parent / ".copydesk"
    folder.mkdir(mode=0o755)
    (folder / "secret").write_text("x" * 64)
    (folder / "secret").chmod(0o644)
    state, code, said = found(place, "secrets")
    assert (state, code, "chmod 600" in said) == ("fail", 2, True)
    mend(place)
    assert found(place, "secrets")[0] == "ok"


def test_a_password_in_the_configuration_and_a_file_open_to_all_fail(place):
    place.config.write_text(place.config.read_text() + '# url = "https://ann:hunter2@tea.example/"\n')
    assert "holds a password" in found(place, "secrets")[2]
    place.config.write_text(CONFIG.format(base="http://tea.example"))
    place.db.chmod(0o666)
    assert "chmod o-w" in found(place, "secrets")[2]


def test_a_run_at_work_is_told_and_not_disturbed(place):
    with run_lock(place.db):
        state, _, said = found(place, "lock")
    assert (state, f"process {os.getpid()}" in said) == ("note", True)
    assert found(place, "lock")[0] == "ok"


def test_a_clock_that_went_back_fails(place):
    (check,) = doctor_here.clock("2999-01-01T00:00:00Z")
    assert (check.state, check.code, "timedatectl" in check.remedy) == ("fail", 3, True)
    assert next(doctor_here.clock(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}Z")).state == "ok"


def test_a_folder_that_may_not_be_written_to_fails(place):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    place.archive.chmod(0o500)
    assert found(place, "disk")[1] == 5


def test_a_disk_that_runs_full_fails_before_it_is(place, monkeypatch):
    monkeypatch.setattr(doctor_here, "LOW", 2**60)
    state, code, said = found(place, "disk")
    assert (state, code, "copydesk archive prune" in said) == ("fail", 5, True)


def test_the_worst_failure_gives_the_exit_code():
    assert (
        exit_code_of([ok("a", ""), fail("b", "", "x", 3), fail("c", "", "x", 5), fail("d", "", "x", 2)]) == 5
    )
    assert exit_code_of([fail("b", "", "x", 3), fail("d", "", "x", 4)]) == 4


def test_online_asks_robots_of_every_site_and_says_who_refuses(tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "shut").mkdir()
    (tmp_path / "open/robots.txt").write_text("User-agent: *\nCrawl-delay: 0.1\n")
    (tmp_path / "shut/robots.txt").write_text("User-agent: copydesk\nDisallow: /\n")
    with (
        serving(tmp_path / "open") as one,
        serving(tmp_path / "shut") as two,
        serving(tmp_path, status=500) as bad,
    ):
        sites = zip(("one", "two", "bad"), (one, two, bad), strict=True)
        text = "".join(f'[site.{key}]\nurl = "{base}/"\nallow_private = true\n' for key, base in sites)
        (tmp_path / "copydesk.toml").write_text(text)
        done = copydesk("doctor", "--online", "--json", cwd=tmp_path)
    told = {check["topic"]: check for check in json.loads(done.stdout)["checks"]}
    assert done.returncode == 4
    assert [told[f"robots {key}"]["state"] for key in ("one", "two", "bad")] == ["ok", "fail", "fail"]
    assert "lets copydesk in, 0.1 s between" in told["robots one"]["said"]
    assert "User-agent: copydesk" in told["robots two"]["remedy"]
    assert "status 500" in told["robots bad"]["said"]
