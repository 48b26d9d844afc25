"""Files in a request: multipart/form-data, read with the standard library's parser of mails."""

from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the form."""

    content: bytes
    filename: str = ""


def parts_of(content_type: str, body: bytes) -> dict[str, Part]:
    """The form's fields by name; none, if it is no form."""
    if not content_type.lower().startswith("multipart/form-data"):
        return {}
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    found = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            found[name] = Part(content, part.get_filename() or "")
    return found
