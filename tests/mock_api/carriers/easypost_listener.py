"""Somebody who listens for EasyPost's webhooks, headers and all."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import easypost


class Ear:
    """What came in, and what it answers."""

    def __init__(self):
        self.heard = []
        """Headers and raw body of each."""
        self.answers = []
        """Statuses to answer with, the next one first; then 200 for ever."""
        self.url = ""

    @property
    def events(self):
        return [json.loads(body) for _, body in self.heard]

    def validated(self, secret):
        """By the stock client's own check."""
        return [
            easypost.util.validate_webhook(body, headers, secret) for headers, body in self.heard
        ]


@contextmanager
def listening():
    ear = Ear()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            ear.heard.append((dict(self.headers.items()), body))
            self.send_response(ear.answers.pop(0) if ear.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    ear.url = f"http://127.0.0.1:{server.server_port}/easypost"
    try:
        yield ear
    finally:
        server.shutdown()
        server.server_close()
