"""A small internet for a child process: names, public addresses, and where on loopback they really lead.

Nothing of ours is replaced. What stands in is the system's resolver and the network card: a public address is
led to a server of ours, loopback is loopback, and everything else is noted and refused, so nothing leaves.
"""

import errno
import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CHILD = "from hostile.world import main; main()"
PUBLIC = "93.184.215.{}"


@dataclass
class World:
    """What the child believes the internet to be."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    """Host -> the addresses that its first, second, ... lookup gives; the last answer stays."""
    routes: dict[str, int] = field(default_factory=dict)
    """Public address -> port on loopback, whatever port was asked for."""
    settings: dict[str, Any] = field(default_factory=dict)
    """What the crawler is configured to otherwise: short limits."""

    def put(self, name: str, port: int) -> None:
        """Let a public name lead to a server of ours."""
        address = PUBLIC.format(len(self.routes) + 1)
        self.names[name] = [[address]]
        self.routes[address] = port


@dataclass
class Said:
    """How a command of the child ended."""

    code: int
    out: str
    err: str
    connected: list[str]
    """Every address that was connected to, in order."""

    @property
    def sites(self) -> list[dict[str, Any]]:
        """The reports of a crawl with --json."""
        return list(json.loads(self.out)["sites"])


def copydesk(world: World, *words: str | Path, cwd: Path, **environment: str) -> Said:
    """Run a command in this world."""
    log = cwd / "connected.log"
    log.write_text("")
    here = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "WORLD": json.dumps(asdict(world)), "LOG": str(log)}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, words)],
        cwd=cwd,
        env={**os.environ, **here, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr, log.read_text().split())


def main() -> None:
    """Enter the world that the environment describes, then be the command line."""
    enter(World(**json.loads(os.environ["WORLD"])), Path(os.environ["LOG"]))
    from crawler.settings import SETTINGS
    from pipeline.cli.main import main as command_line

    SETTINGS.update(json.loads(os.environ["WORLD"])["settings"])
    command_line()


def enter(world: World, log: Path) -> None:
    """Lead this process's lookups and connections."""
    real_lookup, real_socket = socket.getaddrinfo, socket.socket

    def look_up(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        answers = world.names.get(str(host).rstrip(".").lower())
        if answers is None:
            if _is_name(str(host)):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return real_lookup(host, port, *more, **named)
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [found for one in addresses for found in real_lookup(one, port, *more, **named)]

    class Card(real_socket):  # type: ignore[misc, valid-type]
        def connect_ex(self, address: Any) -> int:
            with log.open("a") as out:
                out.write(f"{address[0]}\n")
            if address[0] in world.routes:
                return int(super().connect_ex(("127.0.0.1", world.routes[address[0]])))
            if address[0].startswith("127.") or address[0] in ("::1", "0.0.0.0", "::"):
                return int(super().connect_ex(address))
            return errno.ECONNREFUSED

        def connect(self, address: Any) -> None:
            if not isinstance(address, tuple):
                super().connect(address)  # no network: our own workers
            elif (code := self.connect_ex(address)) not in (0, errno.EINPROGRESS):
                raise OSError(code, os.strerror(code))

    socket.getaddrinfo, socket.socket = look_up, Card  # type: ignore[misc]


def _is_name(host: str) -> bool:
    """Tell a name from an address in any spelling, which needs no resolver."""
    if ":" in host or host == "localhost":
        return False
    try:
        socket.inet_aton(host)
    except OSError:
        return True
    return False
