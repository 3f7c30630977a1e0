"""Logs: one event a line, nothing in them that moves a cursor, forges a line or gives a secret away."""

import json
import logging
import os
import sys

import pytest
from cli_samples import build_blog, copydesk, serving
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.logs import JsonLines, TextLines
from pipeline.cli.redact import conceal, fit_to_log

SECRETS = ("hunter2-and-more", "YW5uOmh1bnRlcjI=", "0123456789abcdef", "s3ss10n-id")
PLANTED = [
    "GET https://ann:hunter2-and-more@blog.example/",
    "https://hunter2-and-more@blog.example/?a=1",
    "https://blog.example/?x=1&access_token=0123456789abcdef&y=2",
    "https://blog.example/-/desk/login?token=0123456789abcdef",
    "https://blog.example/?PHPSESSID=s3ss10n-id#top",
    "{'Authorization': 'Basic YW5uOmh1bnRlcjI='}",
    "sent Bearer 0123456789abcdef and gave up",
    "Cookie: session=s3ss10n-id; theme=dark",
    "Set-Cookie: session=s3ss10n-id",
]
NASTY = "http://blog.example/a\n2026-01-01 CRITICAL all is lost\x1b[2J\x9b31m\r\x00\u202egpj.exe\u2028"


def record(message, *arguments, **more):
    return logging.LogRecord("crawler", logging.WARNING, "x.py", 1, message, arguments, None, **more)


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()], ids=["text", "json"])
@pytest.mark.parametrize("text", PLANTED)
def test_secrets_are_never_in_a_line(formatter, text):
    event = record("trouble reason=%s", text)
    event.facts = {"reason": text, "deep": {"list": [text]}}
    line = formatter.format(event)
    assert [secret for secret in SECRETS if secret in line] == []
    assert "trouble" in line


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()], ids=["text", "json"])
@pytest.mark.row(67)
def test_row_67_an_address_can_neither_forge_a_line_nor_reach_the_terminal(formatter):
    event = record("unexpected answer url=%s", NASTY)
    event.facts = {NASTY: NASTY}
    line = formatter.format(event)
    assert (line.isprintable(), r"\n2026-01-01 CRITICAL" in line.replace("\\\\", "\\")) == (True, True)


def test_what_a_json_reader_prints_is_harmless_too():
    told = json.loads(JsonLines().format(record("url=%s", NASTY)))
    assert list(told) == ["at", "level", "logger", "event"]
    assert all(value.isprintable() for value in told.values())


def test_a_fact_cannot_replace_what_every_line_has():
    event = record("run ended")
    event.facts = {"level": "fine", "code": 3}
    told = json.loads(JsonLines().format(event))
    assert (told["level"], told["code"]) == ("warning", 3)


@pytest.mark.row(67)
def test_the_lines_of_a_traceback_are_indented_and_clean():
    try:
        raise ValueError(f"https://u:hunter2-and-more@x/ {NASTY}")
    except ValueError:
        event = record("unexpected error")
        event.exc_info = sys.exc_info()
    first, *rest = TextLines().format(event).split("\n")
    assert (first.endswith("unexpected error"), {line[:4] for line in rest}) == (True, {"    "})
    assert "hunter2" not in "".join(rest)


def test_a_known_secret_is_hidden_wherever_it_stands():
    conceal("first=open-sesame-9; second=other-word")
    assert fit_to_log("it said open-sesame-9, and other-word") == "it said ***, and ***"


@given(st.text())
@pytest.mark.row(67)
def test_whatever_is_logged_is_one_printable_line(text):
    assert TextLines().format(record("%s", text)).isprintable()
    assert json.loads(JsonLines().format(record("%s", text)))["event"].isprintable()


@pytest.fixture
def blog(tmp_path):
    build_blog(tmp_path / "site", "http://blog.example", posts=2)
    return tmp_path


def test_a_crawl_logs_json_lines_from_start_to_end(blog):
    done = copydesk("crawl", "site", "--log-format", "json", cwd=blog)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines] == ["run started", "site done", "run ended"]
    assert (lines[1]["state"], lines[1]["posts"], lines[2]["code"]) == ("complete", 2, 0)


@pytest.mark.parametrize("words", [["--quiet", "--log-format", "json"], ["--log-format", "text", "-q"]])
def test_a_quiet_crawl_says_nothing_when_all_is_well(blog, words):
    done = copydesk("crawl", "site", *words, cwd=blog)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_process_logs_like_crawl(blog):
    copydesk("crawl", "site", cwd=blog)
    done = copydesk("process", "--log-format", "json", cwd=blog)
    assert json.loads(done.stderr.splitlines()[-1])["event"] == "run ended"


def test_why_a_command_ends_is_a_json_line_with_its_code(tmp_path):
    done = copydesk("crawl", "--log-format", "json", cwd=tmp_path)
    told = json.loads(done.stderr.splitlines()[-1])
    assert (done.returncode, told["code"], "nothing to crawl" in told["event"]) == (2, 2, True)


def test_a_credential_on_the_command_line_is_not_repeated(tmp_path):
    done = copydesk("crawl", "http://ann:hunter2-and-more\x1b@127.0.0.1:1/", cwd=tmp_path)
    assert (done.returncode, "hunter2" in done.stderr, "\x1b" in done.stderr) == (2, False, False)


def test_secrets_of_the_configuration_stay_out_of_everything_that_is_printed(blog):
    config = 'user_env = "BLOG_USER"\npassword_env = "BLOG_PASSWORD"\ncookie_env = "BLOG_JAR"'
    hidden = {"BLOG_USER": "ann", "BLOG_PASSWORD": "hunter2-and-more", "BLOG_JAR": "id=s3ss10n-id"}
    with serving(blog / "site", status=500) as base:
        (blog / "copydesk.toml").write_text(f'[site.one]\nurl = "{base}/"\nallow_private = true\n{config}\n')
        words = ("crawl", "--log-format", "json", "--ping", f"{base}/hunter2-and-more")
        done = copydesk(*words, cwd=blog, env={**os.environ, **hidden})
    assert done.returncode == 4
    assert [secret for secret in SECRETS if secret in done.stdout + done.stderr] == []
    events = [json.loads(line)["event"] for line in done.stderr.splitlines()]
    assert [event.split(" host=")[0] for event in events].count("ping failed") == 2
