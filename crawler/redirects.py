"""How many redirects led to an address, and whether they lead back (pure).

Each hop is a URL of the frontier of its own, so that every one is accounted for; only the chain is kept here.
"""

MAX_HOPS = 5  # RFC 9110 leaves the number open; 5 is what robots.txt is granted


class Redirects:
    """The redirects of one run, as hashes: 20,000 of them take 3 MB."""

    def __init__(self) -> None:
        """Know none."""
        self._target: dict[int, int] = {}
        self._hops: dict[int, int] = {}

    def loops(self, url: str, target: str) -> bool:
        """Note one redirect; tell whether it leads back to itself or is the sixth of a chain."""
        here, there = hash(url), hash(target)
        hops = self._hops.get(here, 0) + 1
        if there == here or hops > MAX_HOPS or self._leads_to(there, here):
            return True
        self._target[here] = there
        self._hops[there] = max(hops, self._hops.get(there, 0))
        return False

    def _leads_to(self, start: int, goal: int) -> bool:
        for _ in range(MAX_HOPS):
            if start not in self._target:
                return False
            start = self._target[start]
            if start == goal:
                return True
        return False
