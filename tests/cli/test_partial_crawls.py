"""A blog that shows no dates, crawled in pieces: what is a post shows only when its lists are read."""

import json

from cli_samples import copydesk, serving, write
from nightly.night import ask

WOODS = "alder beech cedar elm fir hazel larch maple oak pine".split()


def build(root, base):
    rows = "".join(f"<li><h2><a href='/{wood}/'>On {wood}</a></h2></li>" for wood in WOODS)
    write(root, "/", "<h1>Workbench</h1><a href='/about/'>About</a>")
    write(root, "/about/", "<h1>About</h1><p>This bench stands in a shed behind the house.</p>")
    write(root, "/category/wood/", f"<html><body><h1>Wood</h1><ul>{rows}</ul></body></html>")
    for wood in WOODS:
        prose = f"<p>Of {wood} there is much to say, and whoever works with {wood} says it gladly.</p>" * 2
        prose += "<p><a href='/category/wood/'>More of it</a></p>" if wood == WOODS[-1] else ""
        write(
            root, f"/{wood}/", f"<title>{wood}</title><article><h1>On {wood}</h1><div>{prose}</div></article>"
        )
    urls = "".join(f"<url><loc>{base}/{wood}/</loc></url>" for wood in WOODS)
    (root / "sitemap.xml").write_text(f"<urlset>{urls}</urlset>")


def test_pages_become_posts_when_a_list_is_read_that_names_them(tmp_path):
    with serving(tmp_path / "site") as base:
        build(tmp_path / "site", base)
        copydesk("crawl", base, "--limit", "6", cwd=tmp_path)
        early = ask(tmp_path, "select count(*) from urls where kind = 'page'")
        done = copydesk("crawl", base, "--json", cwd=tmp_path)
    assert early[0] > 0
    assert sorted(ask(tmp_path, "select title from posts")) == [f"On {wood}" for wood in WOODS]
    assert (json.loads(done.stdout)["sites"][0]["new"], done.returncode) == (10, 0)
    assert ask(tmp_path, "select url from urls where kind = 'page'") == [f"{base}/about/"]
