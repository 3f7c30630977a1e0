"""What each rude site becomes over night."""

import gzip

from crawler_server import Server, answer, redirect
from hostile.blogs import home, post
from hostile.rude import Routes, paths, sitemap

CANARY = "/etc/hostname"
REFUSALS = {"no401": "401 Unauthorized", "no451": "451 Legal Reasons", "no999": "999 Denied"}
LAUGHS = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "http://laughs.example/lol">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY f SYSTEM "file://{CANARY}"><!ENTITY n SYSTEM "http://laughs.example/fetched">]>"""
SPELLINGS = ["/new/", "/new/#top", "/new/?utm_source=a", "/new/?PHPSESSID=1", "/new/?replytocom=4"]
SPELLINGS += [
    "/%6Eew/",
    "/./new/",
    "/a/../new/",
    "http://SPELLINGS.example:80/new/",
    "/new",
    "/new/index.html",
]


def everywhere(status: str):
    def become(server: Server) -> None:
        server.routes |= dict.fromkeys(paths(), answer(b"no", status))

    return become


def clock(server: Server) -> None:
    wrong = {"Date": "Thu, 01 Jan 1970 00:00:00 GMT", "Last_Modified": "Fri, 01 Jan 2099 00:00:00 GMT"}
    server.routes |= {path: post(number, **wrong) for number, path in enumerate(paths())}
    server.routes["/p3"] = post(3, body="<p>A line that was not there yesterday evening.</p>", **wrong)


def cookie(server: Server) -> None:
    server.routes["/p0"] = answer(b"", "302 Found", Location="/p0?", Set_Cookie="seen=1")
    server.routes["/p1"] = answer(b"", "302 Found", Location="/p1", Set_Cookie="seen=1")


def broken(server: Server) -> None:
    server.routes["/robots.txt"] = answer(b"Sitemap: http://broken.example/map.xml", kind="text/plain")
    server.routes["/map.xml"] = answer(b"<urlset><url><lo", kind="text/xml")


def delay(server: Server) -> None:
    server.routes["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 86400", kind="text/plain")
    more = [f"/more{number}" for number in range(30)]
    server.routes |= {path: post(100 + number) for number, path in enumerate(more)}
    server.routes["/"] = home(*paths(), *more)


def laughs(server: Server) -> None:
    places = ("&c;", "&f;", "&n;", "http://laughs.example/late")
    items = "".join(f"<item><title>&f;</title><link>{place}</link></item>" for place in places)
    feed = f"{LAUGHS}<rss><channel>{items}</channel></rss>"
    server.routes |= {"/sitemap.xml": sitemap(*places, head=LAUGHS), "/late": post(50)}
    server.routes["/feed.xml"] = answer(feed.encode(), kind="application/rss+xml")
    server.routes["/"] = home(
        *paths(), head='<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    )


def bomb(server: Server) -> None:
    body = b"<urlset><url><loc>http://bomb.example/late</loc></url>" + b" " * 30_000_000
    server.routes["/sitemap.xml"] = answer(gzip.compress(body), kind="text/xml", Content_Encoding="gzip")
    server.routes["/late"] = post(51)


def mixed(server: Server) -> None:
    elsewhere = [f"http://elsewhere{number}.example/x" for number in range(7)]
    own = ["http://mixed.example/late", "http://mixed.example/missing", "/p1", "not an address"]
    server.routes |= {"/sitemap.xml": sitemap(*elsewhere, *own), "/late": post(52)}


def growing(server: Server) -> None:
    server.routes["/"] = home(*paths(), "/g/")
    server.routes.more = lambda path: home("x/") if path.startswith("/g/") else None


def refresh(server: Server) -> None:
    heads = ["0;url=/loop", "0; URL='file:///etc/passwd'", "5;url=http://10.0.0.1/", "1;url=/late"]
    tags = "".join(f'<meta http-equiv="Refresh" content="{content}">' for content in heads)
    server.routes |= {"/": home(*paths(), head=tags), "/loop": home(head=tags), "/late": post(53)}


def many(server: Server) -> None:
    server.routes["/"] = home(*paths(), *[f"/many?n={number % 3}" for number in range(6_000)])


def spellings(server: Server) -> None:
    server.routes["/"] = home(*paths(), *SPELLINGS)
    canonical = '<link rel="canonical" href="http://spellings.example/new/">'
    server.routes |= dict.fromkeys(["/new/", "/new", "/new/index.html"], post(54, canonical))


def canonical(server: Server) -> None:
    claims = {"/p0": "/p1", "/p1": "/p0", "/p2": "/", "/p3": "http://elsewhere.example/p3", "/p4": "/missing"}
    for number, path in enumerate(claims):
        server.routes[path] = post(number, f'<link rel="canonical" href="{claims[path]}">')


def lookalike(server: Server) -> None:
    server.routes["/"] = home(
        *paths(), "http://lооkalike.example/late", "http://xn--lkalike-1fga.example/late"
    )


def password(server: Server) -> None:
    odd = [
        "http://ann:s3cret@password.example/late",
        "/li\nne",
        "/ta\tb",
        "/nul\0",
        "\\late2",
        "/with space",
        "/ü",
    ]
    server.routes |= {
        "/": home(*paths(), *odd, "/crlf\r\nSet-Cookie:x"),
        "/late": post(55),
        "/late2": post(56),
    }
    server.routes |= {"/with%20space": post(57), "/%C3%BC": post(58)}


def moved(server: Server) -> None:
    for path in ["/", *paths()]:
        server.routes[path] = redirect(f"http://elsewhere.example{path}", "301 Moved Permanently")


def vanished(server: Server) -> None:
    server.routes = Routes()
    server.routes |= {"/": home("/about"), "/about": home(), "/sitemap.xml": sitemap()}


def raw(head: str, body: bytes = b""):
    """Send these bytes and hang up."""

    def reply(connection, _):
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n".encode() + body)
        connection.close()

    return reply


ROTTEN = {
    "/p0": (redirect("http://169.254.169.254/latest/"), "blocked_address"),
    "/p1": (answer(gzip.compress(b" " * 30_000_000), Content_Encoding="gzip"), "too_large"),
    "/p2": (raw("Content-Length: 900\r\n", b"<p>PARTIAL"), "incomplete_body"),
    "/p3": (raw("Transfer-Encoding: chunked\r\n", b"9\r\n<p>PARTIAL\r\nzz\r\n"), "incomplete_body"),
    "/p4": (answer(b"<p " + b" ".join(b"a%d=1" % n for n in range(40_000)) + b">"), "suspicious_markup"),
    "/p5": (answer(b""), "empty_body"),
    "/p6": (answer(b"%PDF-1.7 \x00\x01"), "not_html"),
    "/p7": (answer(b"\x1b\x03\x00", Content_Encoding="br"), "bad_encoding"),
    "/p8": (redirect("file:///etc/passwd"), "foreign_scheme"),
    "/p9": (lambda connection, _: connection.sendall(b"220 smtp ready\r\n"), "bad_http"),
    "/p10": (answer(b"", "500 Oops"), "http_5xx"),
    "/p11": (lambda connection, _: connection.close(), "connection"),
}


def rotten(server: Server) -> None:
    server.routes |= {path: reply for path, (reply, _) in ROTTEN.items()}


RUDE = {name: everywhere(status) for name, status in REFUSALS.items()}
RUDE |= {"dns": lambda server: None}
RUDE |= {
    each.__name__: each
    for each in (clock, cookie, broken, delay, laughs, bomb, mixed, growing, refresh, many, spellings)
}
RUDE |= {each.__name__: each for each in (rotten, canonical, lookalike, password, moved, vanished)}
