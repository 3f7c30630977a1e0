"""A real WordPress from Debian's packages on loopback, with a database and a web server of its own."""

import base64
import getpass
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from generators.club import ABOUT, TITLE, Entry, read_posts
from generators.generator import Generator, nested
from generators.install import WORDPRESS
from generators.programs import run
from generators.servers import PATIENCE_S, on_free_port, serving, wait_for_answer, wait_until
from generators.wordpress_blocks import block_markup

from pipeline.sample.pictures import draw

OURS = Path(__file__).with_name("wordpress_site")
SMALL = (
    *("--skip-networking", "--skip-log-bin", "--performance-schema=off", "--innodb-buffer-pool-size=32M"),
    *("--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0"),
)
COMMENT = {
    "slug": "jupiter-sketches",
    "author": "Reader from the valley",
    "text": "I still have my raffle ticket, and the shadow on it is a coffee stain.",
}


@dataclass(frozen=True, slots=True)
class WordPress:
    """A running WordPress with the club's blog in it."""

    address: str
    """Without a slash at the end."""
    ids: dict[str, int]
    """WordPress' post id of each of the club's posts."""
    authorization: str

    def rest(self, method: str, path: str, **fields: Any) -> Any:
        """Ask or tell the REST interface, as its keeper; `path` is `posts/7`, `categories` …"""
        request = Request(
            f"{self.address}/wp-json/wp/v2/{path}",
            method=method,
            data=json.dumps(fields).encode() if fields else None,
            headers={"Authorization": self.authorization, "Content-Type": "application/json"},
        )
        with urlopen(request, timeout=PATIENCE_S) as answer:
            return json.load(answer)

    def source(self, slug: str) -> str:
        """Give the block markup of a post."""
        content = self.rest("GET", f"posts/{self.ids[slug]}?context=edit&_fields=content.raw")
        return str(content["content"]["raw"])

    def add(self, **fields: Any) -> int:
        """Publish a post and give its id."""
        return int(self.rest("POST", "posts", **{"status": "publish", **fields})["id"])

    def edit(self, slug: str, /, **fields: Any) -> None:
        """Change fields of a post."""
        self.rest("POST", f"posts/{self.ids[slug]}", **fields)

    def replace(self, slug: str, old: str, new: str) -> None:
        """Change words in a post's markup."""
        source = self.source(slug)
        assert old in source, source
        self.edit(slug, content=source.replace(old, new))

    def delete(self, slug: str) -> None:
        """Put a post into the bin, as editors do; its page is 404 from now on."""
        self.rest("DELETE", f"posts/{self.ids[slug]}")

    def rename_category(self, old: str, new: str) -> None:
        """Give a category another name; its slug stays."""
        found = [c for c in self.rest("GET", "categories?per_page=100") if c["name"] == old]
        self.rest("POST", f"categories/{found[0]['id']}", name=new)


@contextmanager
def running() -> Iterator[WordPress]:
    """Make the club's blog and serve it until the block ends."""
    with tempfile.TemporaryDirectory(prefix="club-", ignore_cleanup_errors=True) as name:
        folder = Path(name)  # short: a socket's path must be
        site = folder / "site"
        environment = {
            "CLUB_SOCKET": str(folder / "db.sock"),
            "WP_ENVIRONMENT_TYPE": "local",  # else no application passwords without https
            "PHP_CLI_SERVER_WORKERS": "3",
        }
        _copy_wordpress(site)
        with _database(folder), _web_server(site, environment) as address:
            filled = json.loads(_fill(folder, site, {**environment, "CLUB_ADDRESS": address}))
            wait_for_answer(f"{address}/wp-json/")
            login = base64.b64encode(f"keeper:{filled['password']}".encode()).decode()
            yield WordPress(address, filled["ids"], f"Basic {login}")


def _copy_wordpress(site: Path) -> None:
    shutil.copytree(WORDPRESS, site, ignore_dangling_symlinks=True)
    shutil.copy(OURS / "wp-config.php", site)
    (site / "wp-content/mu-plugins").mkdir()
    shutil.copy(OURS / "forms.php", site / "wp-content/mu-plugins")


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    data = folder / "db"
    ours = ("--no-defaults", f"--datadir={data}", f"--user={getpass.getuser()}", *SMALL)
    make = ("mariadb-install-db", *ours, "--auth-root-authentication-method=normal", "--skip-test-db")
    run(*make, cwd=folder)
    with serving(["mariadbd", *ours, f"--socket={folder / 'db.sock'}"], folder) as is_alive:
        wait_until((folder / "db.sock").exists, is_alive, folder / "mariadbd.log")
        yield


@contextmanager
def _web_server(site: Path, environment: dict[str, str]) -> Iterator[str]:
    def command(port: int) -> list[str]:
        return ["php", "-S", f"127.0.0.1:{port}", "-t", str(site), str(OURS / "router.php")]

    def more(port: int) -> dict[str, str]:
        return {**environment, "CLUB_ADDRESS": f"http://127.0.0.1:{port}"}

    with on_free_port(command, site.parent, more) as port:
        yield f"http://127.0.0.1:{port}"


def _fill(folder: Path, site: Path, environment: dict[str, str]) -> str:
    title, _, words = ABOUT.partition("\n\n")
    club = {
        "title": TITLE,
        "page": {"post_title": title, "post_name": "about", "post_content": f"<p>{words}</p>"},
        "comment": COMMENT,
        "posts": [_post(entry, folder) for entry in read_posts()],
    }
    return run("php", OURS / "fill.php", cwd=site, given=json.dumps(club), more=environment)


def _post(entry: Entry, folder: Path) -> dict[str, Any]:
    names = [block.picture[0] for block in entry.blocks if block.kind == "figure"]
    for name in names:
        (folder / name).write_bytes(draw(name))
    return {
        "slug": entry.slug,
        "title": entry.title,
        "author": entry.author,
        "date": entry.date,
        "categories": entry.categories,
        "tags": entry.tags,
        "content": block_markup(entry),
        "pictures": {name: str(folder / name) for name in names},
    }


@contextmanager
def _serve(folder: Path) -> Iterator[str]:
    with running() as wordpress:
        yield wordpress.address


def path(entry: Entry) -> str:
    """Give the address that our permalink structure asks for."""
    return f"/{entry.date[:4]}/{entry.date[5:7]}/{entry.slug}/"


WORDPRESS_BLOG = Generator(
    name="wordpress", serve=_serve, path=path, categories=nested, hides=frozenset({"language"})
)
