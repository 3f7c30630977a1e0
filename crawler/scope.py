"""Which of several sites on one host an address belongs to (pure)."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from pipeline.site.urls import same_site


class Scope:
    """What is ours: the whole host, but for the folders of other sites that stand on it.

    A blog's posts often stand outside the folder of its front page, so a site that has its host to itself is
    not kept to a folder. Where sites share a host, each address belongs to the longest folder that it lies
    in, and what lies in none of them to nobody: both would store it.
    """

    def __init__(self, home_url: str, others: Sequence[str]) -> None:
        """Know the home pages of the other sites, on whatever host."""
        self.home_url = home_url
        self._ours = _folder(home_url)
        self._theirs = {_folder(other) for other in others if same_site(other, home_url)} - {self._ours}

    def holds(self, url: str) -> bool:
        """Tell whether an address is ours."""
        if not same_site(url, self.home_url):
            return False
        if not self._theirs:
            return True
        path = urlsplit(url).path
        return _lies_in(path, self._ours) and not any(
            _lies_in(path, folder) for folder in self._theirs if len(folder) > len(self._ours)
        )


def _folder(home_url: str) -> str:
    """Give the folder of a home page: of /blog, /blog/ and /blog/index.php it is /blog/."""
    path = urlsplit(home_url).path
    head, _, name = path.rpartition("/")
    return f"{head}/" if not name or "." in name else f"{path}/"


def _lies_in(path: str, folder: str) -> bool:
    return path.startswith(folder) or f"{path}/" == folder
