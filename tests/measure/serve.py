"""Serve the made-up blog from a process of its own: `python -m measure.serve PAGES`; prints its address."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from measure.bigblog import Answer, BigBlog


class Reader(asyncio.Protocol):
    """One kept-alive connection; answers GETs in the order in which they come."""

    def __init__(self, blog: BigBlog) -> None:
        """Answer from this blog."""
        self.blog, self.rest = blog, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to answer."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each whole request head."""
        *heads, self.rest = (self.rest + data).split(b"\r\n\r\n")
        for head in heads:
            path = head.split(b" ", 2)[1].decode("latin-1").partition("?")[0]
            self.transport.write(_http(self.blog.answer(path)))


def _http(answer: Answer) -> bytes:
    head = (
        f"HTTP/1.1 {answer.status} X\r\nContent-Type: {answer.media_type}\r\n"
        f"Content-Length: {len(answer.body)}\r\nConnection: keep-alive\r\n\r\n"
    )
    return head.encode() + answer.body


async def serve(pages: int) -> None:
    """Serve until killed; print the address first."""
    listener = socket.create_server(("127.0.0.1", 0))
    blog = BigBlog(pages, f"http://127.0.0.1:{listener.getsockname()[1]}")
    server = await asyncio.get_running_loop().create_server(lambda: Reader(blog), sock=listener)
    print(f"{blog.base}/", flush=True)
    await server.serve_forever()


@contextmanager
def served(pages: int) -> Iterator[str]:
    """Serve a blog from another process and yield its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "measure.serve", str(pages)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
