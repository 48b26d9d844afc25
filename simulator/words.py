"""Names with a fixed vocabulary: enums that print, compare, hash and travel as plain strings."""

from enum import StrEnum


class Word(StrEnum):
    """A member of a fixed vocabulary. Its repr is its text's, so that facts read and hash alike
    whether they hold the member or its text."""

    __repr__ = str.__repr__
    __hash__ = str.__hash__
