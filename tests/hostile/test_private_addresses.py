"""Whatever a stranger's page, feed or robots.txt names: nothing on this machine or its network is asked."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from crawler_server import Server, answer, redirect
from hostile.blogs import home, post
from hostile.spellings import EVERYWHERE, NAMES
from hostile.world import ROOT, World, copydesk

from pipeline.site.urls import normalise

UNNAMED = """
import json, os, sys
from pathlib import Path
from hostile.world import World, enter
enter(World(**json.loads(os.environ["WORLD"])), Path(os.environ["LOG"]))
from crawler.frontier import MemoryFrontier
from crawler.report import CrawlSite
from crawler.run import CrawlJob, crawl_sites
settings = {"DOWNLOAD_TIMEOUT": 2, "TRIES": 1, "POLITE_DELAY_S": 0.0}
sites = [
    CrawlSite(id=f"s{number}", home_url=url, settings=settings) for number, url in enumerate(sys.argv[2:])
]
jobs = [CrawlJob(site=site, frontier=MemoryFrontier()) for site in sites]
print(json.dumps([report.message for report in crawl_sites(jobs, Path(sys.argv[1]))]))
"""

FEED = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'


@pytest.fixture
def inside() -> Iterator[Server]:
    """A service on this machine that answers with a post to whoever asks."""
    server = Server()
    server.routes |= dict.fromkeys(["/", "/x", "/robots.txt", "/latest/meta-data/"], post(1))
    yield server
    server.close()


@pytest.fixture
def blog() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def crawl_unnamed(world: World, folder, urls: list[str]) -> tuple[list[str], set[str]]:
    """Crawl sites that nobody allowed to be private; return what was said, and who was connected to."""
    log = folder / "connected.log"
    log.write_text("")
    here = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "WORLD": json.dumps(asdict(world)), "LOG": str(log)}
    command = [sys.executable, "-c", UNNAMED, str(folder), *urls]
    done = subprocess.run(command, env=here, capture_output=True, text=True, check=True, timeout=100)
    return json.loads(done.stdout), set(log.read_text().split())


def channels(places: list[str], base: str) -> dict[str, bytes]:
    """Name every place in every way in which a site can name an address."""
    entries = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    maps = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    items = "".join(f"<item><link>{place}</link><guid>{place}</guid></item>" for place in places)
    heads = [
        f'<link rel="{rel}" type="application/rss+xml" href="{place}">'
        for place in places
        for rel in ("alternate", "next", "prev", "canonical", "https://api.w.org/", "amphtml")
    ]
    refresh = "".join(f'<meta http-equiv="refresh" content="0;url={place}">' for place in places)
    shown = "".join(f'<a href="{p}">a</a><img src="{p}"><iframe src="{p}"></iframe>' for p in places)
    robots = "".join(f"Sitemap: {place}\n" for place in [*places, f"{base}/map.xml", f"{base}/maps.xml"])
    turns = [f"/turn-{number}" for number in range(len(places))]
    bases = [f"/base-{number}" for number in range(len(places))]
    return {
        "/robots.txt": answer(robots.encode(), kind="text/plain"),
        "/map.xml": answer(f"<urlset>{entries}</urlset>".encode(), kind="text/xml"),
        "/maps.xml": answer(f"<sitemapindex>{maps}</sitemapindex>".encode(), kind="text/xml"),
        "/rss.xml": answer(f"<rss><channel>{items}</channel></rss>".encode(), kind="text/xml"),
        "/": home(*turns, *bases, *places, "/post", head=FEED),
        "/post": post(1, "".join(heads) + refresh, shown),
        **{path: redirect(place) for path, place in zip(turns, places, strict=True)},
        **{
            path: answer(f'<base href="{place}"><a href="x">x</a>'.encode())
            for path, place in zip(bases, places, strict=True)
        },
    }


@pytest.mark.row(2, 3, 6, 43, 44)
def test_no_spelling_in_any_place_reaches_a_private_machine(blog, inside, tmp_path):
    places = [f"http://{spelling}:{inside.port}/x" for spelling in EVERYWHERE]
    blog.routes |= channels(places, "http://blog.example")
    world = World(names=dict(NAMES), settings={"POLITE_DELAY_S": 0.0, "LOOPBACK_WORKERS": 4})
    world.put("blog.example", blog.port)
    said = copydesk(world, "crawl", "http://blog.example/", "--json", cwd=tmp_path)
    assert (inside.asked, set(said.connected)) == ([], set(world.routes))
    assert said.sites[0]["errors"]["blocked_address"] > len(places) / 2
    assert said.code == 3


@pytest.mark.row(2, 3)
def test_no_spelling_as_a_site_of_its_own_is_asked(inside, tmp_path):
    places = [url for one in EVERYWHERE if (url := normalise(f"http://{one}:{inside.port}/"))]
    places = [place for place in places if "blog.example" not in place]
    messages, connected = crawl_unnamed(World(names=dict(NAMES)), tmp_path, places)
    assert (inside.asked, connected, len(messages)) == ([], set(), len(places))
    assert [said for said in messages if "(blocked_address)" not in said and "(dns)" not in said] == []


@pytest.mark.row(2, 6, 31)
def test_no_robots_txt_leads_to_a_private_machine(blog, inside, tmp_path):
    world = World(names=dict(NAMES))
    hosts = [f"s{number}.example" for number in range(len(EVERYWHERE))]
    for host in hosts:
        world.put(host, blog.port)

    def turn(connection, head):
        number = int(head.split(b"Host: s")[1].split(b".")[0])
        connection.sendall(redirect(f"http://{EVERYWHERE[number]}:{inside.port}/robots.txt"))

    blog.routes["/robots.txt"] = turn
    messages, connected = crawl_unnamed(world, tmp_path, [f"http://{host}/" for host in hosts])
    assert (inside.asked, connected - set(world.routes)) == ([], set())
    assert len(messages) == len(EVERYWHERE)


@pytest.mark.row(6)
def test_that_one_site_may_be_private_opens_it_to_no_other(blog, inside, tmp_path):
    blog.routes["/robots.txt"] = redirect(f"http://127.0.0.1:{inside.port}/robots.txt")
    named = Server()
    named.routes |= {"/": home("/p"), "/p": post(1)}
    world = World(settings={"POLITE_DELAY_S": 0.0})
    world.put("blog.example", blog.port)
    copydesk(world, "crawl", "http://blog.example/", f"{named.url}/", cwd=tmp_path)
    assert (inside.asked, "/p" in named.asked) == ([], True)
    named.close()


@pytest.mark.row(4)
def test_a_name_is_looked_up_once_and_the_answer_that_was_judged_is_used(blog, inside, tmp_path):
    world = World(settings={"POLITE_DELAY_S": 0.0})
    world.put("blog.example", blog.port)
    world.names["blog.example"] += [["127.0.0.1"]]
    blog.routes |= {"/": home("/a", "/b")} | {path: post(n) for n, path in enumerate(["/a", "/b"])}
    said = copydesk(world, "crawl", "http://blog.example/", "--json", cwd=tmp_path)
    assert (set(said.connected), said.sites[0]["posts"], inside.asked) == (set(world.routes), 2, [])


@pytest.mark.row(4)
def test_a_name_that_turned_private_over_night_is_refused_and_nothing_is_lost(blog, inside, tmp_path):
    world = World(settings={"POLITE_DELAY_S": 0.0})
    world.put("blog.example", blog.port)
    blog.routes |= {"/": home("/a", "/b")} | {path: post(n) for n, path in enumerate(["/a", "/b"])}
    copydesk(world, "crawl", "http://blog.example/", cwd=tmp_path)
    world.names["blog.example"] = [["127.0.0.1", "10.0.0.1", "::1"]]
    said = copydesk(world, "crawl", "http://blog.example/", "--json", cwd=tmp_path)
    assert (said.connected, inside.asked, said.sites[0]["posts"]) == ([], [], 2)
    assert "(blocked_address)" in said.sites[0]["message"]


@pytest.mark.row(4)
def test_checking_one_page_from_the_desk_reaches_no_private_machine_either(inside, tmp_path):
    world = World(names={"blog.example": [["127.0.0.1"]]})
    url = f"http://blog.example:{inside.port}/x"
    refused = copydesk(world, "extract", url, cwd=tmp_path)
    config = f'[site.blog]\nurl = "http://blog.example:{inside.port}/"\nallow_private = true\n'
    (tmp_path / "copydesk.toml").write_text(config)
    assert (refused.code, refused.connected, inside.asked) == (3, [], [])
    assert copydesk(world, "extract", url, cwd=tmp_path).code == 0
