"""A web server of ours on loopback that answers whatever bytes a test wants, however rude."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

Answer = bytes | Callable[[socket.socket, bytes], None]


def answer(
    body: bytes = b"", status: str = "200 OK", kind: str = "text/html; charset=utf-8", **more: str
) -> bytes:
    """Give a whole, correct HTTP answer."""
    fields = {"Content-Type": kind, "Content-Length": str(len(body))} | {
        name.replace("_", "-"): value for name, value in more.items()
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def page(*links: str, text: str = "Some words of a post.") -> bytes:
    """Give a page with links."""
    anchors = "".join(f'<li><a href="{link}">{number}</a></li>' for number, link in enumerate(links))
    head = "<!doctype html><html><head><title>A page</title></head>"
    html = f"{head}<body><p>{text}</p><ul>{anchors}</ul></body></html>"
    return answer(html.encode())


def redirect(target: str, status: str = "302 Found") -> bytes:
    """Give a redirect."""
    return answer(b"", status, Location=target)


class Server:
    """Routes path -> answer; whatever is not routed is 404. Remembers each request."""

    def __init__(self) -> None:
        self.routes: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.times: list[float] = []
        self.heads: list[bytes] = []
        self.tls: ssl.SSLContext | None = None
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.socket.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with plain, suppress(OSError, IndexError), self._wrapped(plain) as connection:
            self._talk(connection)

    def _wrapped(self, plain: socket.socket) -> socket.socket:
        return self.tls.wrap_socket(plain, server_side=True) if self.tls else plain

    def _talk(self, connection: socket.socket) -> None:
        waiting = b""
        while True:
            while b"\r\n\r\n" not in waiting:
                piece = connection.recv(65536)
                if not piece:
                    return
                waiting += piece
            head, _, waiting = waiting.partition(b"\r\n\r\n")
            self._answer(connection, head)

    def _answer(self, connection: socket.socket, head: bytes) -> None:
        path = head.split(b" ", 2)[1].decode()
        self.asked.append(path)
        self.times.append(monotonic())
        self.heads.append(head)
        reply = self.routes.get(path, answer(b"not here", "404 Not Found"))
        if callable(reply):
            reply(connection, head)
        else:
            connection.sendall(reply)
