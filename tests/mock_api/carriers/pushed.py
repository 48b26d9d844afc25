"""What the tests of aggregators' webhooks share: somebody who listens, headers and all."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Pushed:
    """What came in, and what is answered next; 200 for ever after."""

    def __init__(self):
        self.url = ""
        self.answers = []
        self.heard = []

    def hear(self, headers, body):
        self.heard.append((headers, body))
        return self.answers.pop(0) if self.answers else 200

    @property
    def news(self):
        return [json.loads(body) for _, body in self.heard]


@contextmanager
def listening():
    pushed = Pushed()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(pushed.hear(self.headers, body))
            self.send_header("Content-Length", "0")
            self.end_headers()

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
