"""A receiver that acknowledges every POST, and tells how many there were when it is asked."""

import asyncio
import socket


class Counting(asyncio.Protocol):
    count = 0

    def connection_made(self, transport):
        self.transport, self.heard = transport, b""

    def data_received(self, data):
        self.heard += data
        while b"\r\n\r\n" in self.heard:
            head, _, rest = self.heard.partition(b"\r\n\r\n")
            length = next(
                (
                    int(line[15:])
                    for line in head.lower().split(b"\r\n")
                    if line[:15] == b"content-length:"
                ),
                0,
            )
            if len(rest) < length:
                return
            self.heard = rest[length:]
            self.answer(head)

    def answer(self, head):
        if head.startswith(b"POST"):
            Counting.count += 1
        body = str(Counting.count).encode()
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


async def main():
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    server = await asyncio.get_running_loop().create_server(Counting, sock=listening)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
