"""Where a sandbox keeps the bytes of its evidence: the world holds digests only."""

from mock_api.kernel.durable.kept import Kept, Raw
from mock_api.kernel.sandbox import Sandbox


class Drawer:
    """Bytes by their digest. Two photos alike are one."""

    def __init__(self) -> None:
        self.kept: Kept[bytes] = Kept("evidence", Raw())
        self.size = 0

    def resume(self) -> None:
        self.size = sum(map(len, self.kept.values()))

    def has_room_for(self, digest: str, content: bytes, limit: int) -> bool:
        return digest in self.kept or self.size + len(content) <= limit

    def keep(self, digest: str, content: bytes) -> None:
        if digest not in self.kept:
            self.kept[digest] = content
            self.size += len(content)

    def get(self, digest: str) -> bytes | None:
        """What has that digest."""
        return self.kept.get(digest)


def attach_drawer(sandbox: Sandbox) -> None:
    """Give the sandbox's world an empty drawer."""
    drawer = Drawer()
    sandbox.attach(drawer)
    sandbox.keep(drawer.kept, drawer.resume)
