"""The yardstick: FastAPI's own typed JSON endpoint on uvicorn, of an order's size."""

import socket

import uvicorn
from fastapi import FastAPI

app = FastAPI()
BODY = {"code": 0, "message": "Success", "data": {f"field_{n}": "value" for n in range(40)}}


@app.get("/json")
async def answer() -> dict:
    return BODY


if __name__ == "__main__":
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run([listening])
