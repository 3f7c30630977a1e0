import json

import pytest
from cli_samples import copydesk, post, serving, start, write

from pipeline.cli.jsonl import answer_line

HTML = f"<!doctype html><title>Cup number 1</title>{post(1)}"
DUMP = "Tea\n\nTea is hot. It was always so, and it will be so.\n"


def line(**given):
    return json.dumps(given)


def test_a_page_becomes_a_record(tmp_path):
    (tmp_path / "a.html").write_text(HTML)
    done = copydesk("extract", "a.html", "--url", "http://b.example/a/", cwd=tmp_path)
    record = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (record["url"], record["title"], record["published"]) == (
        "http://b.example/a/",
        "Cup number 1",
        "2025-02-02",
    )


def test_a_dump_is_recognised_and_read_from_standard_input(tmp_path):
    done = copydesk("extract", cwd=tmp_path, input=DUMP)
    assert json.loads(done.stdout)["title"] == "Tea"


def test_markdown_reads_like_the_post(tmp_path):
    done = copydesk("extract", "-", "--format", "markdown", cwd=tmp_path, input=HTML)
    assert done.stdout.startswith("# Cup number 1\n")
    assert "\n## " in done.stdout


def test_an_address_is_fetched(tmp_path):
    write(tmp_path / "site", "/cup/", HTML)
    with serving(tmp_path / "site") as base:
        done = copydesk("extract", f"{base}/cup/", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["url"]) == (0, f"{base}/cup/")


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("missing.html", None, 2, "cannot be read"),
        ("a.pdf", b"%PDF-1.7 \x00\x01", 3, "neither HTML nor text"),
        ("empty.html", b"", 3, "empty"),
    ],
)
def test_what_cannot_be_extracted_is_said_in_one_sentence(tmp_path, name, content, code, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = copydesk("extract", name, "--html", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert words in done.stderr


def test_each_line_is_answered_before_the_next_is_sent(tmp_path):
    with start("extract", "--jsonl", cwd=tmp_path) as child:
        for number in range(3):
            child.stdin.write(line(id=number, html=HTML) + "\n")
            child.stdin.flush()
            assert json.loads(child.stdout.readline())["id"] == number
        child.stdin.close()
    assert child.returncode == 0


BAD = [
    ("not json", None),
    ("", None),
    ("[1]", None),
    ('{"id": NaN}', None),
    (line(id="a"), "a"),
    (line(id=["b"], html=5), ["b"]),
    (line(id="c", html=HTML, url=7), "c"),
    (line(id="d", html=""), "d"),
    ('{"id": "\\ud800", "html": ""}', "\ud800"),
    ("[" * 100_000, None),
]


def test_a_bad_line_is_answered_and_the_stream_goes_on(tmp_path):
    lines = [line(id=0, html=HTML), *(text for text, _ in BAD), line(id=1, text=DUMP)]
    done = copydesk("extract", "--jsonl", cwd=tmp_path, input="\n".join(lines))
    answers = [json.loads(answer) for answer in done.stdout.splitlines()]
    assert (done.returncode, len(answers)) == (3, len(lines))
    assert [answer["id"] for answer in answers] == [0, *(echoed for _, echoed in BAD), 1]
    assert ["error" in answer for answer in answers] == [False, *[True] * len(BAD), False]


@pytest.mark.parametrize(
    "html",
    [
        "<p>x" * 2_000,
        "<div>" * 100_000 + "deep",
        "<p " + "a=b " * 50_000 + ">x",
        "<" * 200_000,
        "<!--" * 100_000,
        "\x00<p>\ud800</p>",
        "x" * 7_000_000,
    ],
)
@pytest.mark.row(48, 49, 50, 51)
def test_hostile_markup_gets_an_answer(html):
    answer = answer_line(line(id=1, html=html).encode())
    assert answer["id"] == 1
    json.dumps(answer)


def test_an_id_that_json_cannot_hold_becomes_null():
    assert answer_line(b'{"id": 1e999, "text": "Tea"}')["id"] is None
