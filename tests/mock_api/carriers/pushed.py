"""Somebody who listens for webhooks, headers and all: what the tests of every dialect's share."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Pushed:
    """What came in, and what is answered next; 200 for ever after.

    A dialect that knows how its news are signed says so in a class of its own: what is forged is
    counted and refused.
    """

    acknowledgement = b""
    """The body of every answer."""

    def __init__(self):
        self.url = ""
        self.answers = []
        self.heard = []
        self.forged = 0

    def is_genuine(self, *_):
        return True

    def hear(self, headers, body):
        if not self.is_genuine(headers, body):
            self.forged += 1
            return 401
        self.heard.append((headers, body))
        return self.answers.pop(0) if self.answers else 200

    def read(self, body):
        return json.loads(body)

    @property
    def news(self):
        return [self.read(body) for _, body in self.heard]


@contextmanager
def listening(pushed=None):
    """A port of this machine's at which that one hears; by default, one who takes everything."""
    pushed = pushed or Pushed()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(pushed.hear(self.headers, body))
            self.send_header("Content-Length", str(len(pushed.acknowledgement)))
            self.end_headers()
            self.wfile.write(pushed.acknowledgement)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    pushed.url = f"http://127.0.0.1:{server.server_port}/news"
    try:
        yield pushed
    finally:
        server.shutdown()
        server.server_close()
