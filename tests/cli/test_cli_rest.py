import json
import re
import signal
import time
import urllib.error
import urllib.request

import pytest
from cli_samples import build_blog, copydesk, start

from pipeline.cli.serve import PLACES, metadata_for
from pipeline.cli.targets import site_key


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with two small databases."""
    root = tmp_path_factory.mktemp("served")
    build_blog(root / "site", "http://blog.example")
    for name in ("copydesk.db", "my other-blog.db"):
        assert copydesk("crawl", "site", "--db", name, cwd=root).returncode == 0
    return root


def get(url, patience_s=90.0):
    """Fetch from a server that may still be starting."""
    end = time.monotonic() + patience_s
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_serve_opens_any_number_of_databases_of_any_name(folder):
    with start("serve", "copydesk.db", "my other-blog.db", cwd=folder) as child:
        try:
            address = re.search(r"http://\S+", child.stdout.readline())[0]
            settings = json.loads(get(f"{address}-/settings.json"))
            assert (settings["suggest_facets"], settings["sql_time_limit_ms"]) == (False, 4000)
            found = json.loads(get(f"{address}copydesk/posts.json?_search=cup&_shape=array"))
            assert len(found) == 5
            other = json.loads(get(f"{address}my~20other-blog/flags.json?_shape=array"))
            assert "broken-form" in [flag["rule"] for flag in other]
            assert "Inventory" in get(f"{address}my~20other-blog") or "inventory" in get(address)
        finally:
            child.send_signal(signal.SIGINT)
            child.communicate(timeout=60)


def test_serve_without_a_database_says_what_to_do(tmp_path):
    done = copydesk("serve", cwd=tmp_path)
    assert (done.returncode, "copydesk crawl URL" in done.stderr) == (5, True)


def test_serve_does_not_open_itself_to_others_without_a_secret(folder):
    done = copydesk("serve", "--host", "0.0.0.0", cwd=folder)
    assert (done.returncode, "DATASETTE_SECRET" in done.stderr) == (2, True)


def test_the_metadata_speaks_of_the_files_that_are_served():
    assert list(metadata_for(["a", "b c"])["databases"]) == ["a", "b c"]
    assert any(place.is_file() for place in PLACES)


def test_rules_are_listed_and_shown(tmp_path):
    listed = copydesk("rules", cwd=tmp_path).stdout
    assert "broken-form" in listed
    said = copydesk("rules", "show", "broken-form", cwd=tmp_path).stdout
    assert (said.startswith("# broken-form\n"), "**Examples**" in said) == (True, True)
    assert copydesk("rules", "--markdown", cwd=tmp_path).stdout.startswith("# Rules\n")


def test_an_unknown_rule_names_the_known_ones(tmp_path):
    done = copydesk("rules", "show", "nonsense", cwd=tmp_path)
    assert (done.returncode, "image-filename" in done.stderr) == (2, True)


def test_export_of_one_site_only(folder):
    assert copydesk("export", "posts", "--site", "blog-example", cwd=folder).stdout.count("\n") == 5
    wrong = copydesk("export", "posts", "--site", "x", cwd=folder)
    assert (wrong.returncode, "it holds: blog-example" in wrong.stderr) == (2, True)


def test_a_reader_that_has_seen_enough_is_no_error(folder):
    with start("export", "posts", cwd=folder) as child:
        child.stdout.close()
        child.wait(timeout=60)
        assert (child.returncode, child.stderr.read()) == (0, "")


@pytest.mark.parametrize("arguments", [["--nonsense"], ["crawl"], ["crawl", "x", "--limit", "0"], ["paint"]])
def test_wrong_usage_exits_2(tmp_path, arguments):
    assert copydesk(*arguments, cwd=tmp_path).returncode == 2


def test_help_and_version_are_on_standard_output(tmp_path):
    assert "crawl" in copydesk("--help", cwd=tmp_path).stdout
    assert re.match(r"copydesk, version \d", copydesk("--version", cwd=tmp_path).stdout)


def test_the_demo_compares_itself_with_the_truth(tmp_path):
    done = copydesk("demo", "--no-serve", cwd=tmp_path)
    assert done.returncode == 0
    assert re.search(r"Posts: found (\d+) of \1\. Leftovers: found \d+ of \d+;", done.stdout)
    assert (tmp_path / "demo" / "copydesk.db").is_file()


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Blog.example/", "blog-example"),
        ("http://127.0.0.1:8000/x", "127-0-0-1-8000"),
        ("http://xn--caf-dma.example/", "xn-caf-dma-example"),
    ],
)
def test_a_site_gets_its_key_from_its_host(url, key):
    assert site_key(url) == key
