"""Whoever watches a run is told over real HTTP, and that nobody listens changes nothing."""

import email
import email.policy
import json
import os
import re
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from threading import Thread

import pytest
from cli_samples import build_blog, copydesk

from pipeline.cli.notices import telling
from pipeline.cli.report import SiteReport
from pipeline.cli.signals import Stopped
from pipeline.errors import ArchiveError, ConfigError, CopydeskError, LockedError, StoreError
from pipeline.site.config import read_config


@contextmanager
def watchdog(status=200, **headers):
    """Listen on loopback; yield the address and what came."""
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append((self.path, self.rfile.read(int(self.headers["Content-Length"])), self.headers))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()


REPORT = SiteReport(
    site="blog-example",
    home_url="http://blog.example/",
    state="complete",
    message="http://blog.example/: 4 pages read.",
    seconds=1.5,
    pages=4,
    posts=2,
    errors={"timeout": 1},
    severities={"error": 3},
)
DAMAGED = StoreError("copydesk.db is damaged; put a backup in its place")


def run(error=None, reports=(REPORT,), **told):
    """Have a run told that ends as said."""
    with suppress(CopydeskError), telling(told, {}) as notice:
        if error is not None:
            raise error
        notice.reports, notice.code = reports, 0


def test_a_ping_at_the_start_and_one_with_the_exit_code():
    with watchdog() as (url, heard):
        run(ping=f"{url}/ping/uuid/?create=1")
    assert [path for path, _, _ in heard] == ["/ping/uuid/start?create=1", "/ping/uuid/0?create=1"]


@pytest.mark.parametrize(
    ("error", "code"), [(DAMAGED, 5), (ConfigError("x"), 2), (ArchiveError("x"), 3), (Stopped(15), 143)]
)
def test_a_run_that_fails_pings_its_own_exit_code(error, code):
    with watchdog() as (url, heard), suppress(Stopped):
        run(error, ping=url)
    assert [path for path, _, _ in heard] == ["/start", f"/{code}"]


def test_a_run_that_finds_another_at_work_leaves_the_last_word_to_it(tmp_path):
    with watchdog() as (url, heard):
        run(LockedError("busy"), ping=url, webhook=url, metrics=str(tmp_path / "x.prom"))
    assert ([path for path, _, _ in heard], list(tmp_path.iterdir())) == (["/start"], [])


@pytest.mark.parametrize("headers", [{"status": 500}, {"status": 302, "Location": "http://127.0.0.1:1/"}])
def test_a_watchdog_that_does_not_take_it_changes_nothing(caplog, headers):
    with watchdog(**headers) as (url, _):
        run(ping=f"{url}/secret-path", webhook=f"{url}/secret-path")
    assert (caplog.text.count("failed host=127.0.0.1"), "secret-path" in caplog.text) == (3, False)


def test_a_webhook_gets_the_report_as_json():
    with watchdog() as (url, heard):
        run(webhook=url)
    (_, body, headers) = heard[0]
    told = json.loads(body)
    assert (headers["Content-Type"], told["code"], told["trouble"]) == ("application/json", 0, "")
    assert (told["sites"][0]["posts"], "pages read" in told["text"]) == (2, True)


def test_a_webhook_hears_why_a_run_never_began():
    with watchdog() as (url, heard):
        run(DAMAGED, webhook=url)
    assert "put a backup in its place" in json.loads(heard[0][1])["text"]


LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[\d.e+-]+')


def test_the_metrics_are_what_prometheus_reads(tmp_path):
    run(metrics=str(tmp_path / "x.prom"), reports=(REPORT, replace(REPORT, site="other")))
    lines = (tmp_path / "x.prom").read_text().splitlines()
    assert [line for line in lines if not line.startswith("# ") and not LINE.fullmatch(line)] == []
    names = [re.split(r"[ {]", line)[0] for line in lines if not line.startswith("#")]
    together = [name for name, _ in groupby(names)]
    assert together == [line.split()[2] for line in lines if "# TYPE" in line]
    assert 'copydesk_posts{site="blog-example",state="known"} 2' in lines
    assert [path.name for path in tmp_path.iterdir()] == ["x.prom"]


def test_a_run_that_fails_does_not_make_the_last_success_forgotten(tmp_path):
    file = tmp_path / "x.prom"
    run(metrics=str(file))
    kept = re.search(r"copydesk_last_success.*} (\d+)", file.read_text())[0]
    run(DAMAGED, metrics=str(file))
    run(metrics=str(file), reports=(replace(REPORT, state="refused"),))
    assert kept in file.read_text()


def mail_in(file):
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def test_a_mail_is_ready_to_be_sent(tmp_path):
    run(mail=str(tmp_path / "run.eml"))
    mail = mail_in(tmp_path / "run.eml")
    assert mail["Subject"] == "copydesk: blog-example complete (exit code 0)"
    assert (mail["Auto-Submitted"], "pages read" in mail.get_content()) == ("auto-generated", True)


def test_a_strangers_words_cannot_leave_the_body_of_a_mail(tmp_path):
    nasty = replace(REPORT, message="read.\r\nBcc: all@x.example\x1b[2J", site="a\r\nBcc: all@x.example")
    run(mail=str(tmp_path / "run.eml"), reports=(nasty,))
    mail = mail_in(tmp_path / "run.eml")
    assert (mail["Bcc"], "\x1b" in mail.get_content()) == (None, False)


def test_mail_goes_out_only_when_somebody_is_needed(tmp_path, monkeypatch):
    (tmp_path / "sendmail").write_text(f"#!/bin/sh\ncat >> {tmp_path}/sent\n")
    (tmp_path / "sendmail").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    run(mail="ops@blog.example")
    assert not (tmp_path / "sent").exists()
    run(DAMAGED, mail="ops@blog.example")
    mail = mail_in(tmp_path / "sent")
    assert (mail["To"], "damaged" in mail.get_content()) == ("ops@blog.example", True)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ping", "ftp://x/", "give an http or https address"),
        ("webhook", "$UNSET_DOG", "not set"),
        ("metrics", "copydesk.txt", "ends in .prom"),
        ("mail", "a@b, c@d", "one mail address"),
    ],
)
def test_a_wrong_place_is_named_before_anything_runs(name, value, said):
    with pytest.raises(ConfigError, match=said), telling({}, {name: value}):
        pytest.fail("the run began")


def test_each_is_one_line_of_configuration(tmp_path):
    build_blog(tmp_path / "site", "http://blog.example", posts=2)
    with watchdog() as (url, heard):
        lines = f'ping = "$DOG"\nwebhook = "{url}/hook"\nmetrics = "x.prom"\nmail = "run.eml"\n'
        (tmp_path / "copydesk.toml").write_text(f"[notify]\n{lines}")
        done = copydesk("crawl", "site", "-q", cwd=tmp_path, env={**os.environ, "DOG": f"{url}/ping"})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path for path, _, _ in heard] == ["/ping/start", "/hook", "/ping/0"]
    assert {"x.prom", "run.eml"} <= {path.name for path in tmp_path.iterdir()}


def test_a_key_that_is_not_known_is_named_with_its_line(tmp_path):
    (tmp_path / "copydesk.toml").write_text('[notify]\npings = "https://x/"\n')
    with pytest.raises(ConfigError, match=r"line 2, notify\.pings: this key is not known"):
        read_config(tmp_path / "copydesk.toml")
