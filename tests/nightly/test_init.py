"""`copydesk init` on blogs of many kinds: what it sees and writes, and what it says when it is not let in."""

import pytest
from nightly.blog import Blog, serving
from nightly.night import copydesk

from pipeline.cli.site_section import configured_at, new_key

SECRETS = {"BLOG_USER": "ann", "BLOG_PASSWORD": "s3cret-word"}
OTHER = '[site.other]\nurl = "http://x.example/"\n\n[rules.shortcode]\nenabled = false\n'


@pytest.fixture
def blog():
    with serving(Blog()) as blog:
        blog.fill(12, leftovers=1)
        yield blog


def test_init_looks_and_writes_and_does_it_once(blog, tmp_path):
    done = copydesk("init", blog.base, cwd=tmp_path)
    assert (done.returncode, "posts      about 1" in done.stdout) == (0, True)
    assert "written: copydesk.toml" in done.stdout
    again = copydesk("init", blog.base, cwd=tmp_path)
    assert (again.returncode, "already" in again.stderr) == (2, True)
    assert copydesk("crawl", cwd=tmp_path).returncode == 0
    assert "allow_private true" in " ".join(copydesk("config", cwd=tmp_path).stdout.split())


def test_init_adds_a_site_and_changes_nothing_else(blog, tmp_path):
    file = tmp_path / "copydesk.toml"
    file.write_text(OTHER)
    assert copydesk("init", blog.base, cwd=tmp_path).returncode == 0
    assert (file.read_text().startswith(OTHER), file.read_text().count("[site.")) == (True, 2)
    assert blog.base in copydesk("config", cwd=tmp_path).stdout


def test_init_says_that_it_saw_no_post(blog, tmp_path):
    blog.entries.clear()
    said = copydesk("init", blog.base, cwd=tmp_path).stdout
    assert ("posts      none seen" in said, "flags      no data" in said) == (True, True)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://b.example/pots/", "b-example-pots"),
        ("https://b.example/", "b-example-2"),
        ("https://c.example/", "c-example"),
    ],
)
def test_sites_of_one_host_get_keys_of_their_own(tmp_path, url, key):
    file = tmp_path / "copydesk.toml"
    file.write_text('[site.b-example]\nurl = "https://b.example/tea/"\n')
    assert new_key(configured_at(file), url) == key


def test_init_is_let_into_a_staging_blog_and_writes_names_only(blog, tmp_path):
    blog.password = "Basic YW5uOnMzY3JldC13b3Jk"
    refused = copydesk("init", blog.base, cwd=tmp_path)
    assert (refused.returncode, "answered 401" in refused.stderr, "--user-env" in refused.stderr) == (
        4,
        True,
        True,
    )
    options = ("--user-env", "BLOG_USER", "--password-env", "BLOG_PASSWORD", "--contact", 'a"b@c.example')
    done = copydesk("init", blog.base, *options, cwd=tmp_path, env=SECRETS)
    assert (done.returncode, "100% sure" in done.stdout) == (0, True)
    written = (tmp_path / "copydesk.toml").read_text()
    assert ('\nuser_env = "BLOG_USER"\n' in written, "s3cret" in written) == (True, False)


def test_init_says_what_robots_txt_asks_for(blog, tmp_path):
    blog.robots = "User-agent: *\nDisallow: /notes/7\n"
    assert "closes 1 of the addresses" in copydesk("init", blog.base, cwd=tmp_path).stdout
