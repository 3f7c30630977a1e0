"""What "not found" looks like where a site says 200 to everything."""

from dataclasses import dataclass

from pipeline.cli.work import MARKUP, Item, read_item
from pipeline.errors import CopydeskError
from pipeline.process import process
from pipeline.site.template import Template
from pipeline.store.keys import short_hash
from pipeline.store.rows import PostRows

ALIKE = 0.8
TITLE_RAW, TEXT_RAW = 1, 3
"""Where they stand in a row of revisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """The page that came for an address that nobody made."""

    url: str
    title: str | None
    lines: frozenset[str]

    def is_like(self, rows: PostRows) -> bool:
        """Tell whether a page says what the ghost says."""
        if rows.url == self.url:
            return True
        if not self.title or rows.revision[TITLE_RAW] != self.title:
            return False
        if rows.kind != "post":
            return True
        lines = frozenset(str(rows.revision[TEXT_RAW]).split("\n"))
        return len(lines & self.lines) >= ALIKE * max(len(lines), len(self.lines))


def probe_path(site_id: str) -> str:
    """Give a path that no site has, always the same for one site."""
    return f"/copydesk-check-{short_hash('probe', site_id)[:8]}"


def read_ghost(item: Item, template: Template) -> Ghost | None:
    """Read the answer to the probe; None when it cannot be read."""
    try:
        page = read_item(item)
        if page is None or page.media_type not in MARKUP or page.status >= 300:
            return None
        post = process(page, template)
    except CopydeskError:
        return None
    return Ghost(url=item.url or "", title=post.metadata.title, lines=frozenset(post.text_raw.split("\n")))
