"""The archive replays in a tool of somebody else: pywb over our index, and the check of the WACZ tools."""

import fcntl
import json
import random
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from socket import socket
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from archive_samples import response, revisit, write

from pipeline.archive.cdxj import entries_of, write_index
from pipeline.archive.surt import surt
from pipeline.archive.wacz import Package, write_wacz

PLACE = Path(__file__).resolve().parents[2] / "build/replay"
BIN = PLACE / "bin"
PACKAGES = ("pywb>=2.9", "setuptools<81", "wacz>=0.6")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tools():
    """Have the tools in an environment of their own: they want other versions of our libraries."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE.parent / "replay.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (BIN / "wayback").exists() or not (BIN / "wacz").exists():
            install()
    if not (BIN / "wayback").exists():
        pytest.skip("NOT TESTED: pywb could not be installed, so that nothing was replayed")
    return BIN


def install():
    venv = [sys.executable, "-m", "venv", "--clear", "--without-pip", PLACE]
    pip = [sys.executable, "-m", "pip", "--python", BIN / "python", "install", "--quiet", *PACKAGES]
    for words in (venv, pip):
        subprocess.run(words, capture_output=True, check=False, timeout=300)


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    write(folder / "1.warc.gz", response("/tea/", "2025-01-01", b"<!doctype html><title>Tea</title>Hot."))
    write(folder / "2.warc.gz", revisit("/tea/", "2025-06-01", b"<!doctype html><title>Tea</title>Hot."))
    write_index(entries(folder), folder / "index.cdxj")
    return folder


def entries(folder):
    return (entry for path in sorted(folder.glob("*.gz")) for entry in entries_of(path, path.name))


@contextmanager
def pywb(tools, folder, archive):
    (folder / "config.yaml").write_text(
        f"collections:\n  blog:\n    index_paths: {archive}/index.cdxj\n    archive_paths: {archive}/\n"
    )
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    words = [tools / "wayback", "-b", "127.0.0.1", "-p", port]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(words, cwd=folder, **quiet)
    try:
        yield f"http://127.0.0.1:{port}/blog"
    finally:
        process.terminate()
        process.wait(60)


def get(url):
    for _ in range(900):
        try:
            with urlopen(url, timeout=20) as answer:
                return answer.read().decode()
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer")


def test_pywb_replays_a_page_and_its_repetition(tools, archive, tmp_path):
    with pywb(tools, tmp_path, archive) as address:
        first = get(f"{address}/20250101000000id_/http://blog.example/tea/")
        again = get(f"{address}/20250601000000id_/http://blog.example/tea/")
    assert (first, again) == ("<!doctype html><title>Tea</title>Hot.",) * 2


def test_the_wacz_tools_find_the_package_valid(tools, archive, tmp_path):
    files = {path.name: path for path in sorted(archive.glob("*.gz"))}
    facts = {"title": "Tea", "created": "2026-01-01T00:00:00Z", "software": "copydesk", "files": files}
    write_wacz(Package(**facts, entries=list(entries(archive)), titles={}), tmp_path / "tea.wacz")
    words = [tools / "wacz", "validate", "-f", tmp_path / "tea.wacz"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "passed WACZ is valid" in done.stdout) == (0, True), done.stdout + done.stderr


PARTS = [
    "/",
    "a",
    "B",
    "..",
    ".",
    "%41",
    "%2F",
    "ü",
    "?",
    "&",
    "=",
    "b=2",
    "a=1",
    "+",
    "~",
    "%25",
    "x.html",
    "//",
]


def test_the_library_that_replay_tools_use_turns_addresses_round_the_same_way(tools):
    choose = random.Random(7)
    hosts = ["www.blog.example", "Blog.example:8080", "127.0.0.1:81", "u:p@xn--caf-dma.example"]
    urls = [f"http://{choose.choice(hosts)}/{''.join(choose.choices(PARTS, k=n % 9))}" for n in range(900)]
    code = "import sys, json, surt; print(json.dumps([surt.surt(url) for url in json.load(sys.stdin)]))"
    words = [tools / "python", "-W", "ignore", "-c", code]
    done = subprocess.run(words, input=json.dumps(urls), capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    assert [(url, surt(url), one) for url, one in zip(urls, theirs, strict=True) if surt(url) != one] == []
