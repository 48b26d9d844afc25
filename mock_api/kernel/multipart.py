"""Files in a request: multipart/form-data (RFC 7578).

Read here, and not with the standard library's parser of mails: that takes minutes for a few MB of
boundaries or parameters, and gives up on mails within mails. One pass, and what is too much of
anything is no form.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MOST_PARTS: Final = 100
_LONGEST_BOUNDARY: Final = 70
"""RFC 2046, 5.1.1."""
_LONGEST_HEAD: Final = 4_096
_PARAMETER: Final = re.compile(r';\s*([\w-]{1,40}\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]*))')
_ESCAPED: Final = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the form."""

    content: bytes
    filename: str = ""


def parts_of(content_type: str, body: bytes) -> dict[str, Part]:
    """The form's fields by name, the last of a name; none, if it is no form, or one with more than
    100 parts."""
    if not content_type.lower().startswith("multipart/form-data"):
        return {}
    boundary = _parameters(content_type[:_LONGEST_HEAD]).get("boundary", "")
    if not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        return {}
    found = {}
    for piece in _pieces(body, boundary.encode("latin-1", "replace")):
        head, _, content = piece.partition(b"\r\n\r\n")
        told = _parameters(_disposition(head))
        if "name" in told:
            found[told["name"]] = Part(content, told.get("filename", ""))
    return found


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """Head and content of each part, in order; what is behind the last boundary is none."""
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary, _MOST_PARTS + 2)
    if len(pieces) > _MOST_PARTS + 2:  # beside the parts: what is before the first, and the end
        return
    for piece in pieces[1:]:
        if piece.startswith(b"--"):
            return
        yield piece.lstrip(b" \t").removeprefix(b"\r\n")


def _disposition(head: bytes) -> str:
    for line in head[:_LONGEST_HEAD].decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            return value
    return ""


def _parameters(header: str) -> dict[str, str]:
    """The parameters behind a header's value, quoted or bare."""
    return {
        name.lower(): _ESCAPED.sub(r"\1", quoted) or bare
        for name, quoted, bare in _PARAMETER.findall(header)
    }
