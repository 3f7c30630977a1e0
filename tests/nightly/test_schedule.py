"""What `copydesk schedule --install` leaves in a crontab and among systemd's units."""

import os
import shutil
import subprocess
import sys

import pytest
from nightly.night import COMMAND

CRONTAB = """#!/bin/sh
if [ "$1" = -l ]; then cat "$HOME/table" 2>/dev/null || { echo "no crontab" >&2; exit 1; }
else cat > "$HOME/table"; fi
"""
SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$HOME/called"
"""


@pytest.fixture
def home(tmp_path):
    """A user whose crontab and systemctl write into the home folder, and two folders with a configuration."""
    for name, script in (("crontab", CRONTAB), ("systemctl", SYSTEMCTL)):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(script)
        program.chmod(0o755)
    for folder in ("tea blog", "kettles"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "copydesk.toml").write_text('[site.one]\nurl = "https://b.example/"\n')
    return tmp_path


def schedule(home, folder, *more):
    environment = {**os.environ, "HOME": str(home), "PATH": f"{home / 'bin'}:{os.environ['PATH']}"}
    return subprocess.run(
        [*COMMAND, "schedule", *more],
        cwd=home / folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_crontab_keeps_its_lines_and_gets_one_for_each_folder(home):
    (home / "table").write_text("0 4 * * * tidy\n")
    for folder in ("tea blog", "kettles", "tea blog"):
        done = schedule(home, folder, "--install", "cron", "--hour", "3")
        assert done.returncode == 0, done.stderr
    lines = (home / "table").read_text().splitlines()
    assert lines[0] == "0 4 * * * tidy"
    assert sorted(line.split("cd ")[1].split(" && ")[0] for line in lines[1:]) == sorted(
        [str(home / "kettles"), f"'{home / 'tea blog'}'"]
    )
    assert {line.split()[1] for line in lines[1:]} == {"3"}


def test_systemd_gets_a_timer_of_its_own_for_each_folder(home):
    for folder in ("tea blog", "kettles"):
        assert schedule(home, folder, "--install", "systemd").returncode == 0
    units = sorted(path.name for path in (home / ".config/systemd/user").iterdir())
    assert [name.rpartition(".")[2] for name in units].count("timer") == 2
    enabled = [line.split()[-1] for line in (home / "called").read_text().splitlines() if "enable" in line]
    assert enabled == [timer_of(units, "tea"), timer_of(units, "kettles")]


@pytest.mark.parametrize(("answers", "place"), [(0, "called"), (1, "table")])
def test_without_a_word_systemd_is_taken_where_it_answers(home, answers, place):
    with (home / "bin/systemctl").open("a") as script:
        script.write(f'[ "$2" != show-environment ] || exit {answers}\n')
    assert schedule(home, "kettles", "--install").returncode == 0
    assert "kettles" in (home / place).read_text()


def timer_of(units, word):
    return next(name for name in units if word in name and name.endswith(".timer"))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(home):
    schedule(home, "tea blog", "--install", "systemd")
    units = [str(path) for path in (home / ".config/systemd/user").iterdir() if "@" not in path.name]
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", *units], capture_output=True, text=True, check=False
    )
    assert "copydesk" not in done.stderr, done.stderr


def test_without_the_programs_the_line_is_said(home):
    (home / "bin/crontab").write_text("#!/bin/sh\nexit 1\n")
    done = schedule(home, "kettles", "--install", "cron")
    assert (done.returncode, "add the line by hand" in done.stderr, sys.executable in done.stderr) == (
        2,
        True,
        True,
    )
