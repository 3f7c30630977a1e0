"""Servers that tests start: a port that was taken meanwhile, and a program that does not come up."""

import socket
import sys
from urllib.request import urlopen

import pytest
from generators.servers import on_free_port, serving, wait_until


def test_a_server_whose_port_was_taken_gets_another(tmp_path):
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as taken:

        def command(port):
            asked.append(port)
            bind = port if len(asked) > 1 else taken.getsockname()[1]
            return [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(bind)]

        with on_free_port(command, tmp_path, lambda _: {}) as port:
            assert (urlopen(f"http://127.0.0.1:{port}").status, len(asked)) == (200, 2)


def test_a_server_that_ends_at_once_says_why(tmp_path):
    words = ["sh", "-c", "echo no room; exit 1"]
    with pytest.raises(RuntimeError, match="no room"), serving(words, tmp_path) as is_alive:
        wait_until(lambda: False, is_alive, tmp_path / "sh.log")
