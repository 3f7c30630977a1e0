from datetime import UTC, datetime
from email.utils import format_datetime
from time import monotonic, sleep

import pytest
from child_crawls import site_of, start_crawl
from crawler_server import Server, answer, page
from scrapy.settings import Settings

from crawler.polite import Host, Pace, StoppedError, retry_after

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def first_then(*replies: bytes):
    waiting = list(replies)

    def reply(connection, _):
        connection.sendall(waiting.pop(0) if len(waiting) > 1 else waiting[0])

    return reply


def pace(delay_s: float = 0.0, host: Host | None = None) -> Pace:
    return Pace(delay_s, Settings({"PATIENCE_S": 5.0, "BACKOFF_S": 0.01}), host or Host())


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.row(15)
def test_row_15_retry_after_holds_the_whole_host(server: Server, crawl, status):
    busy = answer(b"", status, Retry_After="1")
    server.routes |= {"/": page("/a", "/b"), "/a": first_then(busy, page()), "/b": page()}
    assert (
        crawl(server.url, settings={"LOOPBACK_WORKERS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}).report.pages
        == 3
    )
    asked = dict(zip(server.asked, server.times, strict=True))
    first = server.times[server.asked.index("/a")]
    assert min(asked["/a"], asked["/b"]) - first >= 1


@pytest.mark.row(15)
def test_row_15_a_date_far_away_ends_the_run_as_refused(server: Server, crawl):
    busy = answer(b"", "429 Too Many Requests", Retry_After="Fri, 31 Dec 2049 23:59:59 GMT")
    server.routes |= {
        "/": page(*[f"/{number}" for number in range(50)]),
        "/0": busy,
        "/1": busy,
        "/2": busy,
        "/3": busy,
    }
    result = crawl(server.url)
    assert result.report.state == "refused"
    assert "left alone" in result.report.message
    assert result.counts["todo"] >= 46


def test_429_to_the_end_is_a_refusal(server: Server, crawl):
    server.routes |= {f"/{number}": answer(b"", "429 Slow") for number in range(60)}
    server.routes["/"] = page(*[f"/{number}" for number in range(60)])
    assert crawl(server.url).report.state == "refused"


@pytest.mark.row(17)
@pytest.mark.parametrize(
    "other",
    [None, answer(b"", "404 Not Found"), lambda connection, _: connection.close()],
    ids=["alone", "among dead links", "among broken lines"],
)
def test_row_17_forbidden_everywhere_ends_the_run_without_a_storm(server: Server, crawl, other):
    forbidden = answer(b"", "403 Forbidden")
    server.routes |= {f"/{number}": forbidden for number in range(60)}
    if other is not None:
        server.routes |= {f"/{number}": other for number in (8, 16)}
    server.routes["/"] = page(*[f"/{number}" for number in range(60)])
    assert crawl(server.url).report.state == "refused"
    assert len(server.asked) < 35


def test_a_site_that_lets_some_requests_in_is_asked_to_the_end(server: Server, crawl):
    server.routes |= {
        f"/{number}": answer(b"", "403 Forbidden") if number % 10 else page() for number in range(60)
    }
    server.routes["/"] = page(*[f"/{number}" for number in range(60)])
    crawl(server.url)
    assert {f"/{number}" for number in range(60)} <= set(server.asked)


def test_a_page_that_fails_once_is_asked_again_at_the_end(server: Server, crawl):
    broken = answer(b"", "500 Oops")
    server.routes |= {"/": page("/a", "/b"), "/a": first_then(broken, page()), "/b": page()}
    result = crawl(server.url)
    assert (result.report.pages, result.report.state, result.error("/a")) == (3, "complete", None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"120", 120.0),
        (format_datetime(NOW.replace(minute=2), usegmt=True).encode(), 120.0),
        (b"Fri, 31 Dec 2049 23:59:59 GMT", 729215999.0),
        (b"-5", None),
        (b"soon", None),
        (b"Mon, 01 Jan 2001 00:00:00 GMT", None),
        (b"\xff\xfe", None),
        (None, None),
    ],
)
@pytest.mark.row(16)
def test_row_16_retry_after_nonsense_counts_as_absent(value, expected):
    assert retry_after(value, NOW) == expected


async def test_requests_keep_their_distance():
    slow = pace(0.05)
    start = monotonic()
    for _ in range(3):
        await slow.turn()
    assert monotonic() - start >= 0.1


async def test_a_hold_counts_for_whoever_waits_already():
    held = pace()
    held.hold(0.05)
    start = monotonic()
    await held.turn()
    assert monotonic() - start >= 0.05


async def test_two_sites_on_a_host_keep_one_distance():
    host = Host()
    one, two = pace(0.05, host), pace(0.05, host)
    start = monotonic()
    for polite in (one, two, one):
        await polite.turn()
    assert monotonic() - start >= 0.1


async def test_a_host_that_wants_to_be_left_alone_is_left_alone_by_all_its_sites():
    host = Host()
    one, two = pace(0.0, host), pace(0.0, host)
    one.hold(3600)
    with pytest.raises(StoppedError):
        await two.turn()
    assert (one.refused_for_s, round(two.refused_for_s or 0)) == (3600, 3600)


async def test_a_stop_wakes_whoever_waits():
    held = pace()
    held.hold(4.0)
    held.stop()
    with pytest.raises(StoppedError):
        await held.turn()


def test_a_crawl_delay_never_speeds_up():
    polite = pace(2.0)
    polite.slow_down_to(1.0)
    assert polite.delay_s == 2.0


@pytest.mark.row(77)
def test_sigterm_finishes_the_page_and_keeps_the_rest(server: Server, tmp_path):
    server.routes["/"] = page(*[f"/p{number}" for number in range(200)])
    server.routes |= {f"/p{number}": page() for number in range(200)}
    child = start_crawl(site_of(server.url, delay=0.05), tmp_path, tmp_path / "kept")
    wait_for(lambda: len(server.asked) > 8)
    child.terminate()
    out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err.decode()
    assert b"stopped" in out
    assert len(server.asked) < 150


def wait_for(condition) -> None:
    start = monotonic()
    while not condition():
        assert monotonic() - start < 90
        sleep(0.005)
