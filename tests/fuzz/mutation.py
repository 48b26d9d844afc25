"""What is done to a valid input until somebody's parser gives up: bytes flipped, cut, doubled and
nested, trees of JSON with a node gone, moved or retyped.

Chance comes from whoever calls: Hypothesis in the quick tests, a seeded generator in the long runs.
"""

import json

LONGEST = 1 << 16
TOKENS = (
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\x1f\x8b\x08", b"\r\n"),
    *(b'"', b"'", b"\\", b"<", b">", b"&", b"&#0;", b"&a;", b"<!DOCTYPE a [", b"<![CDATA["),
    *(
        b"[",
        b"{",
        b"]",
        b"}",
        b":",
        b",",
        b"- ",
        b"&a ",
        b"*a",
        b"!!python/object:os.system ",
        b"<<: ",
    ),
    *(b"9" * 5_000, b"-1", b"0", b"1e400", b"NaN", b"Infinity", b"null", b"true", b"\\ud800"),
    *(b"0001-01-01T00:00:00+23:59", b"9999-12-31T23:59:59-23:59", "٣".encode(), "²".encode()),
)
"""What parsers are known to stumble over."""
SCALARS = (
    *(None, True, False, 0, 1, -1, 2**31, 2**63, -(10**30), 1e308, -0.5),
    *(float("nan"), float("inf")),
    *("", "\0", "\ud800", "x" * 3_000, "9" * 5_000, "²", "-1", "NaN", "1e400", "٣"),
    *("0001-01-01T00:00:00+23:59", "99991231", "2030-01-07T00:00:00", "000000001" + "9" * 12),
    *([], {}, [[]], [None], {"": None}),
)
DEPTHS = (40, 150, 255, 400, 700, 900, 960, 990, 2_000)


def mutated(content, chance, others=()):
    """*content* with one to four things wrong with it."""
    for _ in range(chance.randint(1, 4)):
        changed = _tree_changed(content, chance) if chance.random() < 0.7 else None
        content = changed if changed is not None else _bytes_changed(content, chance, others)
    return content[:LONGEST]


def _bytes_changed(content, chance, others):  # noqa: PLR0911 - a way a line
    at = chance.randint(0, len(content))
    until = min(len(content), at + chance.choice((1, 1, 4, 30, 1_000)))
    before, part, after = content[:at], content[at:until], content[until:]
    match chance.randint(0, 6):
        case 0:
            return before + bytes(byte ^ 1 << chance.randint(0, 7) for byte in part) + after
        case 1:
            return before + after
        case 2:
            return before + part * chance.choice((2, 10, 1_000)) + after
        case 3:
            return before + chance.choice(TOKENS) + content[at:]
        case 4:
            return before + chance.choice(TOKENS) * chance.choice((2, 50, 3_000)) + after
        case 5:
            return before + bytes(chance.randint(0, 255) for _ in range(8)) + after
        case _:
            other = chance.choice(others or (b"",))
            return before + other[chance.randint(0, len(other)) :]


def _tree_changed(content, chance):
    """One node of the JSON at the end of *content* (which may follow a line of something else)."""
    head, _, body = content.rpartition(b"\n")
    for whole, part in ((b"", content), (head + b"\n", body)):
        try:
            tree = json.loads(part)
        except (ValueError, RecursionError):
            continue
        if isinstance(tree, dict | list):
            try:
                return whole + json.dumps(changed(tree, chance)).encode()
            except RecursionError:
                return None
    return None


def changed(tree, chance):
    """*tree* with one of its nodes gone, moved or retyped."""
    places = list(_places(tree))
    if not places:
        return chance.choice(SCALARS)
    holder, key = chance.choice(places)
    match chance.randint(0, 5):
        case 0:
            del holder[key]
        case 1 | 2:
            holder[key] = chance.choice(SCALARS)
        case 3:
            other, its = chance.choice(places)
            holder[key] = json.loads(json.dumps(other[its]))
        case 4 if isinstance(holder, dict):
            holder[chance.choice(("turn", "id", "?", "", "\ud800"))] = holder[key]
        case 4:
            holder.extend([holder[key]] * chance.choice((1, 100)))
        case _:
            holder[key] = nested(chance.choice(DEPTHS), lists=chance.random() < 0.5)
    return tree


def nested(depth, *, lists=True):
    """Lists in lists, or objects in objects."""
    tree = 1
    for _ in range(depth):
        tree = [tree] if lists else {"a": tree}
    return tree


def _places(tree):
    """Every node but the root, by what holds it and under which key."""
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        keys = holder.keys() if isinstance(holder, dict) else range(len(holder))
        for key in list(keys):
            yield holder, key
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
