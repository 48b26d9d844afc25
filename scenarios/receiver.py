"""A small webhook receiver: what an integration listens with, on a port of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Heard = Callable[[str, bytes], int]
"""Told the Authorization header and the raw body; gives the HTTP status to answer with."""


_POLL_S = 0.05
"""How soon it notices that it shall stop."""


@contextmanager
def receiver(heard: Heard) -> Iterator[str]:
    """Listen for webhooks on a free port of this machine; the URL to have them sent to."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = heard(self.headers.get("Authorization", ""), body)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Say nothing: the caller is told of everything."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(_POLL_S,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/webhooks"
    finally:
        server.shutdown()
        server.server_close()
