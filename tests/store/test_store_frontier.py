import pytest
from store_samples import HOME, SITE, post, store

from pipeline.crawl_records import Candidate, FetchOutcome, Validators
from pipeline.store.frontier import SqliteFrontier
from pipeline.store.read import pending_sources
from pipeline.store.run import ensure_site, finish_run, start_run
from pipeline.store.settle import settle_run
from pipeline.store.write import write_posts


def night(db):
    ensure_site(db, SITE, HOME)
    return SqliteFrontier(db, start_run(db, SITE, "crawl", "v1"))


@pytest.fixture
def frontier(db):
    return night(db)


def done(url=HOME, **more):
    facts = {"state": "done", "status": 200, "media_type": "text/html", "digest": "d", "warc_file": "w.gz"}
    return FetchOutcome(url=url, final_url=more.pop("final_url", url), **(facts | {"warc_offset": 1} | more))


def urls(tasks):
    return [task.url for task in tasks]


def test_seeds_come_alone_then_what_they_list_then_links(frontier):
    frontier.add([Candidate(url="l", source="link", depth=1), Candidate(url="m", source="sitemap")])
    frontier.add([Candidate(url="s", source="seed"), Candidate(url="k", source="link", depth=0)])
    assert [urls(frontier.take(10)), urls(frontier.take(10))] == [["s"], ["m", "k", "l"]]


def test_what_was_taken_is_not_taken_again(frontier):
    frontier.add([Candidate(url="a", source="link"), Candidate(url="b", source="link")])
    assert urls(frontier.take(1)) + urls(frontier.take(10)) + urls(frontier.take(10)) == ["a", "b"]


@pytest.mark.row(71)
def test_an_interrupted_run_leaves_its_tasks_to_the_next(db, frontier):
    frontier.add([Candidate(url="a", source="link")])
    frontier.take(1)
    later = night(db)
    assert later.release() == 1
    assert [(task.url, task.tries) for task in later.take(1)] == [("a", 2)]


def test_done_urls_rest_until_a_seed_or_a_new_lastmod_asks(db, frontier):
    frontier.add([Candidate(url=HOME, source="sitemap", lastmod="1"), Candidate(url="b", source="link")])
    frontier.take(10)
    frontier.settle([done(), done("b")])
    frontier.add([Candidate(url=HOME, source="sitemap", lastmod="1"), Candidate(url="b", source="link")])
    assert frontier.take(10) == []
    finish_run(db, frontier._run, "complete", "", {})
    later = night(db)
    later.add([Candidate(url=HOME, source="sitemap", lastmod="2"), Candidate(url="b", source="seed")])
    assert sorted(urls(later.take(10))) == sorted([HOME, "b"])


def test_validators_and_digest_come_back_byte_for_byte(frontier):
    frontier.add([Candidate(url=HOME, source="seed")])
    frontier.take(1)
    frontier.settle([done(validators=Validators(etag='W/"é"', last_modified="yesterday"), digest="abc")])
    frontier.add([Candidate(url=HOME, source="seed")])
    task = frontier.take(1)[0]
    assert (task.validators, task.digest) == (Validators(etag='W/"é"', last_modified="yesterday"), "abc")


def test_not_modified_keeps_what_is_known(db, frontier):
    frontier.add([Candidate(url=HOME, source="seed")])
    frontier.take(1)
    frontier.settle([done(validators=Validators(etag="x"))])
    frontier.settle([done(status=304, unchanged=True, digest=None, warc_file="w2.gz", warc_offset=9)])
    row = next(db.query("select etag, digest, warc_file, warc_offset from urls"))
    assert tuple(row.values()) == ("x", "d", "w.gz", 1)
    assert [row["outcome"] for row in db.query("select outcome from fetches")] == ["new", "unchanged"]


def test_a_later_try_waits_for_its_time(db, frontier):
    frontier.add([Candidate(url=HOME, source="seed")])
    frontier.take(1)
    frontier.settle([FetchOutcome(url=HOME, final_url=HOME, state="todo", status=503, retry_after_s=60)])
    assert frontier.take(1) == []
    db.execute("update urls set next_try_at = '2001-01-01T00:00:00.000Z'")
    assert [task.tries for task in frontier.take(1)] == [2]


def test_a_url_that_was_never_asked_for_is_no_fetch(db, frontier):
    frontier.add([Candidate(url=HOME, source="seed")])
    frontier.take(1)
    frontier.settle([FetchOutcome(url=HOME, final_url=HOME, state="todo")])
    assert db.table("fetches").count == 0


def test_states_are_counted(frontier):
    frontier.add([Candidate(url=name, source="link") for name in "abc"])
    frontier.take(1)
    assert (dict(frontier.counts()), sorted(frontier.known())) == ({"todo": 2, "doing": 1}, ["a", "b", "c"])


def test_fresh_payloads_wait_to_be_looked_at_and_redirects_do_not(db, frontier):
    frontier.add([Candidate(url=name, source="link") for name in "ab"])
    frontier.take(2)
    frontier.settle([done("a"), done("b", final_url="a", status=301, media_type=None)])
    assert [source.url for source in pending_sources(db, SITE)] == ["a"]


def test_a_changed_page_is_looked_at_beside_the_one_before(db):
    store(db, post())
    url = f"{HOME}tea/"
    frontier = night(db)
    frontier.add([Candidate(url=url, source="seed")])
    frontier.take(1)
    frontier.settle([done(url, warc_file="blog-2.warc.gz", warc_offset=7, digest="new")])
    places = [(source.warc_file, source.url) for source in pending_sources(db, SITE)]
    assert places == [("blog-1.warc.gz", url), ("blog-2.warc.gz", url)]
    write_posts(db, frontier._run, [post()])  # a kill after this must not lose the page that came
    assert [source.warc_file for source in pending_sources(db, SITE)] == ["blog-1.warc.gz", "blog-2.warc.gz"]


def gone(db, status, *names):
    frontier = night(db)
    frontier.add([Candidate(url=f"{HOME}{name}/", source="seed") for name in names])
    tasks = frontier.take(100)
    frontier.settle([FetchOutcome(url=t.url, final_url=t.url, state="gone", status=status) for t in tasks])
    settled = settle_run(db, frontier._run, complete=True)
    finish_run(db, frontier._run, "complete", "", {})
    return settled, [row["state"] for row in db.query("select state from posts order by url")]


@pytest.mark.row(20, 21)
def test_410_is_gone_at_once_and_404_after_three_nights(db):
    store(db, post("tea"))
    assert [gone(db, 404, "tea")[1] for _ in range(3)] == [["missing"], ["missing"], ["gone"]]
    store(db, post("milk"))
    assert gone(db, 410, "milk")[1] == ["gone", "gone"]


@pytest.mark.row(20)
def test_a_post_that_answers_again_is_live(db):
    store(db, post("tea"))
    gone(db, 410, "tea")
    store(db, post("tea", digest="back", warc_file="later.gz", fetched_at="2027-01-01T00:00:00Z"))
    assert [row["state"] for row in db.query("select state from posts")] == ["live"]


@pytest.mark.row(22)
def test_too_many_missing_posts_at_once_are_not_believed(db):
    names = [f"p{n}" for n in range(10)]
    store(db, *(post(name) for name in names))
    settled, states = gone(db, 410, *names[:5])
    assert (settled.held_back, set(states)) == (5, {"live"})


def test_a_post_whose_category_is_called_otherwise_is_asked_again(db, frontier):
    said = [Candidate(url=u, source="rest", lastmod="1", listed_in=HOME, categories="Tea") for u in "ab"]
    frontier.add([Candidate(url=HOME, source="seed"), *said])
    frontier.take(10)
    frontier.settle([done(), done("a"), done("b")])
    finish_run(db, frontier._run, "complete", "", {})
    later = night(db)
    said = {"a": "Tea", "b": "Coffee"}
    later.add([Candidate(url=u, source="rest", categories=name) for u, name in said.items()])
    assert urls(later.take(10)) == ["b"]
