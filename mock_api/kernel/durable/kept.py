"""What a sandbox keeps beside its world and must not lose: values by key, in parts with names.

The world is kept as commands, and what follows from its facts is worked out again. The rest is
here: subscriptions, tokens, webhooks on their way, files, answers that are remembered. A part is a
dict that notes which keys changed, so that a commit writes those and nothing else.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

T = TypeVar("T")

Content = str | bytes
"""JSON, or bytes as they are."""

_dumps: Final = json.JSONEncoder(separators=(",", ":")).encode
"""In ASCII: half of a surrogate pair, which JSON's escapes can spell, is spelt again."""


class Form(Protocol[T]):
    """How a part's values are written, and read again."""

    def write(self, value: T) -> Content: ...
    def read(self, content: Content) -> T: ...


class Plain:
    """Values that are JSON already."""

    def write(self, value: Any) -> Content:
        return _dumps(value)

    def read(self, content: Content) -> Any:
        return json.loads(content)


class Text:
    """Text as it is."""

    def write(self, value: str) -> Content:
        return value

    def read(self, content: Content) -> str:
        assert isinstance(content, str)
        return content


class Raw:
    """Bytes as they are."""

    def write(self, value: bytes) -> Content:
        return value

    def read(self, content: Content) -> bytes:
        assert isinstance(content, bytes)
        return content


class Of(Form[T]):
    """Values of one kind: a dataclass, mostly. What is read is checked against it."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._kind)  # made when it is first needed: it takes a while

    def write(self, value: T) -> Content:
        try:
            return self._adapter.dump_json(value).decode()
        except PydanticSerializationError:  # text that UTF-8 cannot say
            return _dumps(self._adapter.dump_python(value, mode="json"))

    def read(self, content: Content) -> T:
        try:
            return self._adapter.validate_json(content)
        except ValidationError:  # the same
            return self._adapter.validate_python(json.loads(content))


class Kept(dict[str, T]):
    """One part. A value that is changed in place must be touched."""

    def __init__(self, name: str, form: Form[T]) -> None:
        super().__init__()
        self.name = name
        self._form = form
        self._changed: dict[str, bool] | None = None
        """In the order in which they changed, and whether they were gone meanwhile; ``None`` while
        nobody asks."""

    def __setitem__(self, key: str, value: T) -> None:
        super().__setitem__(key, value)
        self.touch(key)

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        if self._changed is not None:
            self._changed[key] = True

    def drop(self, key: str) -> T | None:
        """Without it from now on; what it was."""
        value = self.get(key)
        if key in self:
            del self[key]
        return value

    def drop_oldest(self) -> T:
        """Whatever has been here longest."""
        key = next(iter(self))
        value = self[key]
        del self[key]
        return value

    def clear(self) -> None:
        for key in list(self):
            del self[key]

    def _unsupported(self, *_: Any, **__: Any) -> Any:
        raise TypeError("a part that is kept is changed key by key")

    pop = popitem = update = setdefault = __ior__ = _unsupported

    def touch(self, key: str) -> None:
        """The value changed in place."""
        if self._changed is not None:
            self._changed.setdefault(key, False)

    # What is written.

    @property
    def is_changed(self) -> bool:
        return bool(self._changed)

    def watch(self, *, everything: bool) -> None:
        """From now on changes are noted; and what is here already, if it is *everything*."""
        self._changed = dict.fromkeys(self, False) if everything else {}

    def changes(self) -> Iterator[tuple[str, Content | None]]:
        """What changed since the last time, as it is now; ``None``: it is gone. What went and came
        again is told of twice, for it stands behind the others now. Asked once, it is forgotten."""
        changed, self._changed = self._changed or {}, {}
        for key, went in changed.items():
            if went:
                yield key, None
            if key in self:
                yield key, self._form.write(self[key])

    def rows(self) -> Iterator[tuple[str, Content]]:
        """Everything."""
        for key, value in self.items():
            yield key, self._form.write(value)

    def load(self, rows: Iterable[tuple[str, Content]]) -> None:
        """These, and nothing else; it is no change."""
        super().clear()
        for key, content in rows:
            super().__setitem__(key, self._form.read(content))


class Counts(Kept[int]):
    """How many there have been of this and that, for numbers that are given once."""

    def __init__(self) -> None:
        super().__init__("counts", Plain())

    def one_more(self, of: str) -> int:
        """How many that makes."""
        self[of] = self.get(of, 0) + 1
        return self[of]
