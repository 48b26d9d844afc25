"""Why a sandbox's file, or the directory of such files, is not taken. Each says what is wrong,
where, and what to do; nothing was changed by then."""

from pathlib import Path


class NotKept(Exception):
    """What was to be kept on disk cannot be; the text is for people."""

    def __init__(self, where: Path, why: str, advice: str) -> None:
        super().__init__(where, why, advice)
        self.where = where
        self.why = why
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.where}: {self.why}; {self.advice}"


class Foreign(NotKept):
    """No sandbox's file."""

    def __init__(self, where: Path) -> None:
        super().__init__(where, "this is no sandbox's file", "move it elsewhere")


class Torn(NotKept):
    """The file is not as a server wrote it."""

    def __init__(self, where: Path, found: str) -> None:
        super().__init__(
            where,
            f"the file is torn or was edited: {found}",
            "nothing was changed; move it away, or put a copy from before in its place",
        )


class NeverBegun(NotKept):
    """Whoever made the file ended before the first commit: nothing is in it."""

    def __init__(self, where: Path) -> None:
        super().__init__(where, "nothing was ever written into this file", "remove it")


class WorldFailed(NotKept):
    """The model broke: what is in memory is no world that anybody's commands lead to."""

    def __init__(self, where: Path, failure: str) -> None:
        super().__init__(
            where,
            f"Seatrial itself failed in this world ({failure}), and nothing of it is kept from"
            " then on",
            "start the server again: the world is there as it was before; or reset the sandbox",
        )


class TooBig(NotKept):
    """More than whoever takes it in may hold."""

    def __init__(self, where: Path, what: str) -> None:
        super().__init__(where, what, "nothing was changed; raise that limit (--limit), or do less")


class CredentialsTaken(NotKept):
    """Another sandbox of the server has some of its credentials."""

    def __init__(self, where: Path, whose: str) -> None:
        super().__init__(
            where,
            f"its credentials are those of sandbox {whose} here",
            "delete one of the two or move its file away, or upload this one with new credentials"
            " (credentials=new)",
        )


class Overtaken(NotKept):
    """What it was to replace was replaced or deleted meanwhile."""

    def __init__(self, where: Path, whose: str) -> None:
        super().__init__(where, f"sandbox {whose} is another by now", "look, and ask again")


class OtherVersion(NotKept):
    """Another version wrote it, and would go on otherwise than this one."""

    def __init__(self, where: Path, wrote: str, here: str) -> None:
        super().__init__(
            where,
            f"it is of {wrote}, and this is {here}",
            "nothing was changed; open it with the version that wrote it, or move it away",
        )


class OtherDigest(NotKept):
    """Done again, the commands did not come to the same facts."""

    def __init__(self, where: Path, wrote: str, found: str, here: str) -> None:
        super().__init__(
            where,
            f"its commands come to the digest {here} here, and to {found} in the file, which"
            f" Seatrial {wrote} wrote",
            "nothing was changed; open it with the version that wrote it, or move it away",
        )


class InUse(NotKept):
    """Another server has the directory."""

    def __init__(self, where: Path, owner: str) -> None:
        super().__init__(
            where,
            f"another server keeps its sandboxes here ({owner})",
            "stop that one, or give this one another directory",
        )


class NotWritable(NotKept):
    """Nothing can be written there."""

    def __init__(self, where: Path, why: str) -> None:
        super().__init__(
            where, f"nothing can be written here: {why}", "make room, or give another directory"
        )
