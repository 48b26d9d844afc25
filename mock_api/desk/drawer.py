"""Where a sandbox keeps the bytes of its evidence: the world holds digests only."""

from mock_api.kernel.sandbox import Sandbox


class Drawer:
    """Bytes by their digest. Two photos alike are one."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        self.size = 0

    def has_room_for(self, digest: str, content: bytes, limit: int) -> bool:
        return digest in self._kept or self.size + len(content) <= limit

    def keep(self, digest: str, content: bytes) -> None:
        if digest not in self._kept:
            self._kept[digest] = content
            self.size += len(content)

    def get(self, digest: str) -> bytes | None:
        """What has that digest, unless it came on file while another server ran."""
        return self._kept.get(digest)


def attach_drawer(sandbox: Sandbox) -> None:
    """Give the sandbox's world an empty drawer."""
    sandbox.attach(Drawer())
