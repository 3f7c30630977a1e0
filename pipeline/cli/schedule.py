"""`copydesk schedule`: what makes cron or systemd crawl every night."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click

from pipeline.cli.options import archive_option, db_option
from pipeline.cli.rulings import config_option
from pipeline.errors import ConfigError
from pipeline.site.config import FILE_NAME
from pipeline.store.keys import short_hash

JITTER_M = 30
SECRETS = "copydesk.env"
"""A file beside the configuration that sets the variables which it names: cron's environment is bare."""
SERVICE = """[Unit]
Description=copydesk: crawl the blogs of {folder}
Wants=network-online.target
After=network-online.target
OnFailure={name}-failed@%n.service

[Service]
Type=oneshot
WorkingDirectory={folder}
EnvironmentFile=-{folder}/{secrets}
ExecStart={command}
SuccessExitStatus=75
TimeoutStartSec=6h
KillMode=mixed
Nice=10
"""
TIMER = """[Unit]
Description=copydesk: every night

[Timer]
OnCalendar=*-*-* {hour:02}:00 UTC
RandomizedDelaySec=30m
FixedRandomDelay=true
Persistent=true

[Install]
WantedBy=timers.target
"""
FAILED = """[Unit]
Description=copydesk: %i failed

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'journalctl --user -u %i -n 30 --no-pager >> {folder}/copydesk-failures.log'
"""


@click.command("schedule")
@db_option
@archive_option
@config_option
@click.option(
    "--hour",
    type=click.IntRange(0, 23),
    default=2,
    show_default=True,
    help="When: in UTC for systemd, in this machine's time for cron.",
)
@click.option(
    "--install",
    is_flag=False,
    flag_value="any",
    type=click.Choice(["any", "cron", "systemd"]),
    help="Put it in place for this user; without a word, systemd where it answers, else cron.",
)
def command(db_path: Path, archive: Path, config_path: Path | None, hour: int, install: str | None) -> int:
    """Print a crontab line and a systemd service with its timer, or install one of them.

    The crawl takes its own lock: a night that is still running when the next begins loses nothing.
    """
    config = (config_path or Path(FILE_NAME)).resolve()
    if not config.is_file():
        raise ConfigError(f"there is no {config}; make one with: copydesk init https://blog.example/")
    words = [
        "crawl",
        "--quiet",
        "--config",
        config,
        "--db",
        db_path.resolve(),
        "--archive",
        archive.resolve(),
    ]
    crawl = shlex.join([sys.executable, "-m", "pipeline.cli", *map(str, words)])
    line = cron_line(crawl, config.parent, hour)
    units = systemd_units(crawl, config.parent, hour)
    if install == "systemd" or (install == "any" and _systemd_answers()):
        _install_units(units)
    elif install:
        _install_cron(line)
    else:
        click.echo(f"# crontab -e\n{line}\n")
        click.echo("\n".join(f"# ~/.config/systemd/user/{name}\n{text}" for name, text in units.items()))
    return 0


def cron_line(crawl: str, folder: Path, hour: int) -> str:
    """Make the crontab line: its minute differs from folder to folder, cron mails only what went wrong."""
    minute = int(short_hash("minute", str(folder)), 16) % JITTER_M
    log = shlex.quote(str(folder / "copydesk.log"))
    command = (
        f"cd {shlex.quote(str(folder))} && set -a && {{ [ ! -f {SECRETS} ] || . ./{SECRETS}; }}"
        f" && {crawl} 2>> {log} || [ $? -eq 75 ] || tail -n 20 {log}"
    )
    return f"{minute} {hour} * * * {command.replace('%', chr(92) + '%')}"


def systemd_units(crawl: str, folder: Path, hour: int) -> dict[str, str]:
    """Make the units, by file name."""
    name = unit_name(folder)
    escaped = {
        "folder": str(folder).replace("%", "%%"),
        "command": crawl.replace("%", "%%"),
        "hour": hour,
        "secrets": SECRETS,
    }
    return {
        f"{name}.service": SERVICE.format(name=name, **escaped),
        f"{name}.timer": TIMER.format(**escaped),
        f"{name}-failed@.service": FAILED.format(**escaped),
    }


def unit_name(folder: Path) -> str:
    """Name the units of a folder: several can stand beside each other."""
    slug = re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-") or "blogs"
    return f"copydesk-{slug}-{short_hash('units', str(folder))[:4]}"


def _systemd_answers() -> bool:
    try:
        asked = subprocess.run(["systemctl", "--user", "show-environment"], capture_output=True, check=False)
    except OSError:
        return False
    return asked.returncode == 0


def _install_cron(line: str) -> None:
    """Put the line into the crontab; an older one of this folder goes, every other stays."""
    ours = line.split(" * * * ")[1].partition(" && ")[0] + " && "
    try:
        listed = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
        kept = [
            old for old in listed.stdout.splitlines() if not ("pipeline.cli crawl" in old and ours in old)
        ]
        text = "\n".join([*kept, line]) + "\n"
        subprocess.run(["crontab", "-"], input=text, text=True, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ConfigError(f"crontab did not take it ({error}); add the line by hand:\n{line}") from error
    click.echo(f"installed: {line}")


def _install_units(units: dict[str, str]) -> None:
    timer = next(name for name in units if name.endswith(".timer"))
    folder = Path("~/.config/systemd/user").expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in units.items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(f"written: {folder / name}")
    try:
        for words in (["daemon-reload"], ["enable", "--now", timer]):
            subprocess.run(["systemctl", "--user", *words], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ConfigError(
            f"systemd did not take it ({error}); run: systemctl --user enable --now {timer}"
        ) from error
    click.echo(f"installed: {timer}")
