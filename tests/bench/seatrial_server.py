"""The server as ``seatrial up`` starts it, on a free port whose URL it prints first."""

import gc
import socket

import uvicorn

from mock_api.main import create_app
from mock_api.settings import ServerSettings

if __name__ == "__main__":
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    gc.set_threshold(100_000, 50, 100)  # as scenarios.serving does
    app = create_app(ServerSettings())
    uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run([listening])
