"""The guard at the only way out: an address is judged when it is about to be connected to.

Every host name passes the resolver, literal or not, and the connection goes to the address it returned. So
redirects, robots.txt, sitemaps, odd spellings (2130706433, 0x7f.1) and DNS rebinding meet the same check.
"""

import ipaddress
import socket
from collections.abc import Collection, Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver, dnscache
from twisted.internet import defer, threads
from twisted.internet.error import DNSLookupError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

EMBEDDING = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
"""IPv6 networks whose last 32 bits are the IPv4 address that is reached (RFC 6052, RFC 4291 2.5.5.1)."""
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b:1::/48",  # RFC 8215: NAT64 inside a network
        "fec0::/10",  # RFC 3879: site-local
        "5f00::/16",  # RFC 9602
        "3fff::/20",  # RFC 9637
        "192.0.0.0/24",  # RFC 6890: a cloud's metadata stand there
        "168.63.129.16/32",  # another cloud's host machine, on a public number
    )
)
"""What `ipaddress` calls public, in some versions of Python, and is not."""

refused_hosts: set[str] = set()
"""Hosts whose address was refused: Twisted makes "no results" of our refusal, so it is kept here."""


class BlockedAddressError(DNSLookupError):
    """The host's address is private, loopback, link-local or otherwise not public."""


class PublicOnlyResolver(CachingThreadedResolver):
    """Resolve host names, refusing every address that is not public unless its host was named."""

    private_hosts: Collection[str] = ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Read the hosts that the operator named from the settings."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.private_hosts = frozenset(crawler.settings.getlist("PRIVATE_HOSTS"))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> defer.Deferred[str]:  # noqa: N802
        """Give one address of the host, IPv4 before IPv6; fail when none of them may be used."""
        if name in dnscache:
            return defer.succeed(dnscache[name])
        reactor: Any = self.reactor
        looked_up = threads.deferToThreadPool(reactor, reactor.getThreadPool(), _addresses, name)
        looked_up.addTimeout(self.timeout, reactor, lambda _, seconds: _fail_late(name, seconds))
        return looked_up.addCallback(self._choose, name)

    def _choose(self, addresses: list[str], name: str) -> str:
        for address in addresses:
            if is_public(address) or name.lower().rstrip(".") in self.private_hosts:
                dnscache[name] = address
                return address
        refused_hosts.add(name.lower())
        raise BlockedAddressError(f"{name} is {', '.join(addresses)}: not a public address")


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet; IPv4 inside IPv6 is unwrapped first."""
    ip = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in NOT_PUBLIC)


def literal_address(host: str) -> Address | None:
    """Read a host that is an IP address in any spelling `connect` would take; None for a name."""
    try:
        return _unwrapped(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        # inet_aton reads what getaddrinfo reads: 127.1, 0x7f.1, 2130706433, 017700000001.
        return ipaddress.IPv4Address(socket.inet_aton(host)) if host[:1].isdigit() else None
    except OSError:
        return None


def names_private(url: str) -> bool:
    """Tell whether an address, as a person wrote it, names a machine that is not public."""
    host = _host(url)
    literal = literal_address(host)
    return host == "localhost" if literal is None else not is_public(str(literal))


def names_loopback(url: str) -> bool:
    """Tell whether an address names this machine: no politeness is needed."""
    host = _host(url)
    literal = literal_address(host)
    return host == "localhost" if literal is None else literal.is_loopback


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def _unwrapped(ip: Address) -> Address:
    if not isinstance(ip, ipaddress.IPv6Address):
        return ip
    if any(ip in network for network in EMBEDDING):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def _addresses(name: str) -> list[str]:
    """Ask the system; runs in a thread. IPv4 first: blogs behind a broken IPv6 route are common."""
    try:
        found = socket.getaddrinfo(name.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DNSLookupError(f"{name}: {error}") from error
    found.sort(key=lambda entry: entry[0] != socket.AF_INET)
    return [str(entry[4][0]) for entry in found]


def _fail_late(name: str, seconds: float) -> None:
    raise DNSLookupError(f"{name}: no answer within {seconds:g} s")
