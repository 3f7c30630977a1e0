"""What a night does not believe, and what it says instead; and how it behaves towards a busy server."""

import pytest
from nightly.blog import Blog, serving
from nightly.night import ask, night, states


@pytest.fixture
def blog():
    with serving(Blog(sitemap="undated")) as blog:
        blog.fill(20, leftovers=2)
        yield blog


def events(folder):
    return ask(folder, "select kind, ended_by from events order by id")


@pytest.mark.row(22)
def test_a_fifth_of_the_posts_vanishing_is_not_believed_until_somebody_accepts_it(blog, tmp_path):
    night(blog, tmp_path)
    for entry in list(blog.entries.values())[:8]:
        entry.status = 410
    held = night(blog, tmp_path)
    assert (held["exit"], held["state"], held["gone"], events(tmp_path)) == (
        3,
        "partial",
        0,
        [("vanished", None)],
    )
    assert {state for state, _, _ in states(tmp_path).values()} == {"live"}
    accepted = night(blog, tmp_path, "--accept-changes")
    assert (accepted["exit"], accepted["gone"], events(tmp_path)) == (0, 8, [("vanished", "accepted")])


@pytest.mark.row(18)
def test_a_login_page_instead_of_posts_is_held_and_forgotten_when_they_return(blog, tmp_path):
    night(blog, tmp_path)
    before = ask(tmp_path, "select text from posts order by id")
    blog.login = True
    held = night(blog, tmp_path)
    assert (held["exit"], held["changed"], held["fixed"], events(tmp_path)) == (
        3,
        0,
        0,
        [("collapsed", None)],
    )
    blog.login = False
    back = night(blog, tmp_path)
    assert (back["exit"], back["changed"], events(tmp_path)) == (0, 0, [("collapsed", "crawl")])
    assert ask(tmp_path, "select text from posts order by id") == before


TEA = "<p>Buy tea.</p>"


@pytest.mark.row(58)
def test_a_change_of_all_posts_in_the_same_way_is_one_event(blog, tmp_path):
    night(blog, tmp_path)
    blog.template = TEA
    blog.entries["/notes/7-saucer/"].edits += 1
    held = night(blog, tmp_path)
    assert (held["exit"], held["state"], held["changed"]) == (3, "partial", 0)
    assert events(tmp_path) == [("template", None)]
    assert [revisions for _, revisions, _ in states(tmp_path).values()] == [1] * 20
    again = night(blog, tmp_path)
    assert (again["exit"], events(tmp_path)) == (3, [("template", None)])


def test_what_is_held_back_is_asked_for_every_night_and_read_only_once(blog, tmp_path):
    night(blog, tmp_path)
    blog.template = TEA
    assert night(blog, tmp_path)["kinds"]["post"] == 40  # each page as it was, and as it is
    again = night(blog, tmp_path)
    assert (set(blog.entries) <= set(blog.pages()), again["kinds"]) == (True, {})


def test_a_template_that_reaches_more_posts_the_next_night_is_still_one_event(blog, tmp_path):
    night(blog, tmp_path)
    pages = list(blog.entries.values())
    real = type(blog).page
    blog.page = lambda entry: real(blog, entry).replace("</article>", TEA * (entry in pages[:15]))
    night(blog, tmp_path)
    blog.template, blog.page = TEA, lambda entry: real(blog, entry)
    night(blog, tmp_path)
    assert ask(tmp_path, "select posts, ended_by, summary like '20 posts %' from events") == [(20, None, 1)]
    assert night(blog, tmp_path, "--accept-changes")["changed"] == 20
    assert events(tmp_path) == [("template", "accepted")]


def test_the_owner_mending_every_post_at_once_is_believed(blog, tmp_path):
    for entry in blog.entries.values():
        entry.leftover = True
    night(blog, tmp_path)
    for entry in blog.entries.values():
        entry.leftover = False
    mended = night(blog, tmp_path)
    assert (mended["exit"], mended["fixed"], events(tmp_path)) == (0, 20, [])


@pytest.mark.row(19, 20)
def test_not_found_with_status_200_is_recognised(blog, tmp_path):
    blog.soft_404 = True
    night(blog, tmp_path)
    blog.entries["/notes/5-stove/"].status = 404
    for expected in ("missing", "missing", "gone"):
        night(blog, tmp_path)
        assert states(tmp_path)["5"][0] == expected
    blog.entries["/notes/5-stove/"].status = 200
    blog.entries["/notes/5-stove/"].linked = True
    for _ in range(2):
        night(blog, tmp_path)
    assert ask(tmp_path, "select count(*) from posts") == [20]


def test_orphans_and_links_to_what_is_gone_are_reported(blog, tmp_path):
    blog.entries["/notes/4-spoon/"].linked = False
    blog.entries["/notes/3-tin/"].status = 410
    blog.template = '<p>See <a href="/notes/3-tin/">the tin</a>.</p>'
    night(blog, tmp_path)
    assert [url.rpartition("/notes/")[2] for url in ask(tmp_path, "select url from orphans")] == ["4-spoon/"]
    assert ask(tmp_path, "select count(*) from broken_links where url like '%tin/'") == [19]


@pytest.mark.row(14)
def test_a_site_that_cannot_be_reached_for_three_nights_is_one_event(blog, tmp_path):
    night(blog, tmp_path)
    blog.down = True
    for _ in range(4):
        assert night(blog, tmp_path)["exit"] == 4
    assert (events(tmp_path), len(states(tmp_path))) == ([("unreachable", None)], 20)
    blog.down = False
    night(blog, tmp_path)
    assert events(tmp_path) == [("unreachable", "crawl")]


def test_the_servers_log_proves_politeness(blog, tmp_path):
    blog.robots = "User-agent: *\nDisallow: /notes/1\nCrawl-delay: 0.3\n"
    night(blog, tmp_path, "--delay", "0.1", "--limit", "6")
    times = [asked.at for asked in blog.log if asked.path not in ("/robots.txt",)]
    # A busy server notes a request late, never early: one gap may look short, six together hardly.
    assert times[6] - times[0] >= 6 * 0.3 - 0.3
    assert [asked.path for asked in blog.log if asked.path.startswith("/notes/1")] == []


@pytest.mark.row(15)
def test_the_whole_host_is_quiet_after_a_429(blog, tmp_path):
    night(blog, tmp_path)
    blog.busy = ["2"]
    blog.robots = "User-agent: *\n"

    def busy_after_robots(path, real=blog.answer):
        return (
            real(path)
            if path != "/robots.txt"
            else (200, "text/plain", f"{blog.robots}Sitemap: {blog.base}/sitemap.xml\n", {})
        )

    blog.answer = busy_after_robots  # type: ignore[method-assign]
    night(blog, tmp_path)
    refused = next(asked.at for asked in blog.log if asked.status == 429)
    # What was on its way by then still arrives; from there on nobody asks for two seconds.
    assert [asked.path for asked in blog.log if refused + 0.4 < asked.at < refused + 1.9] == []
    assert [asked for asked in blog.log if asked.at >= refused + 1.9] != []
