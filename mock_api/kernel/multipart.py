"""Files in a multipart body, by the names of their fields. Standard library only."""

from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from typing import Final

_BLANK: Final = b"\r\n\r\n"


class NotMultipart(Exception):
    """The body is not made of parts as its content type says."""


def parts_of(content_type: str, body: bytes) -> dict[str, bytes]:
    """Each field's bytes; of a repeated name, the last. NotMultipart, if there are no parts."""
    boundary = _header(f"content-type: {content_type}").get_boundary("")
    if not boundary or not content_type.lower().startswith("multipart/"):
        raise NotMultipart
    return dict(_parts(b"--" + boundary.encode(), body))


def _parts(mark: bytes, body: bytes) -> Iterator[tuple[str, bytes]]:
    start = body.find(mark)
    if start < 0:
        raise NotMultipart
    while True:
        start += len(mark)
        if body[start : start + 2] == b"--":
            return
        end = body.find(b"\r\n" + mark, start)
        head = body.find(_BLANK, start)
        if end < 0 or not start <= head < end:
            raise NotMultipart
        headers = _header(body[start:head].decode("utf-8", "replace").lstrip("\r\n"))
        name = headers.get_param("name", "", header="content-disposition")
        yield str(name), body[head + len(_BLANK) : end]
        start = end + 2


def _header(text: str) -> Message:
    return HeaderParser().parsestr(text)
