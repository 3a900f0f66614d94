"""What nobody would write and somebody will: values, texts, and ways to spoil a file."""

import json
import random
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

TEXTS = [
    "",
    "\0",
    "a\0b",
    "\ud800",
    "x\udfffy",
    "9" * 5000,
    "-" + "9" * 4400,
    "0x" + "f" * 5000,
    "1e400",
    "NaN",
    ".inf",
    "-.inf",
    "null",
    "~",
    "true",
    "[grid]",
    "{kind: [grid]}",
    "{kind: {kind: grid}}",
    "[[[[[[[[[[",
    "{a: {b: {c: {d: 1}}}}",
    "!!python/object:os.system x",
    "!!binary aGk=",
    "&a [*a]",
    "*a",
    "<<: *a",
    "'",
    '"',
    "\t",
    "\ufeff",
    "\u202e",
    "%",
    "?",
    "- ",
    ": ",
    "#",
    "|",
    ">",
    "x" * 300,
    "x" * 5000,
    "../" * 50,
    "../x.yaml",
    "/dev/null",
    "/dev/zero",
    "/",
    ".",
    "nul",
    "2024-01-01",
    "1:30:00",
    "0o17",
    "1_000",
    "四定",
    "=1+1",
    "a.b.c",
    "regime.posts.kind",
    "grid",
    "four_systems",
    "-0",
    "1e-320",
    "\r",
    "\u2028",
    "\x1b[31m",
]
VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    2**64,
    -(2**70),
    10**400,
    10**4299,
    0.5,
    -0.0,
    1e308,
    1e-308,
    float("nan"),
    float("inf"),
    [],
    {},
    [[]],
    [{}],
    {"kind": []},
    {"kind": ["grid"]},
    {"kind": {}},
    {"kind": "grid"},
    {"value": 1, "source": "x"},
    {"": 1},
    {"a": {"b": {"c": []}}},
    [1, "a", None, {}],
    ["x"] * 500,
    *TEXTS,
]


def deep(levels: int) -> Any:
    """Lists in lists."""
    found: Any = 1
    for _ in range(levels):
        found = [found]
    return found


def tree_of(path: Path) -> Any:
    """The content of a YAML file as plain Python."""
    return json.loads(json.dumps(YAML(typ="safe").load(path.read_text(encoding="utf-8")), default=str))


def _places(tree: Any) -> list[tuple[Any, ...]]:
    """The paths of all values, each before those inside it; of a tree however deep."""
    found, waiting = [], [((), tree)]
    while waiting:
        path, value = waiting.pop()
        found.append(path)
        items = list(
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        waiting += [((*path, name), child) for name, child in reversed(items)]
    return found


def spoilt_tree(draw: random.Random, tree: Any) -> Any:
    """The same tree with one to three values replaced, removed, renamed, doubled or moved."""
    tree = json.loads(json.dumps(tree))
    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        *above, name = draw.choice(_places(tree)[1:] or [("x",)])
        parent = tree
        for step in above:
            parent = parent[step]
        if not isinstance(parent, (dict, list)) or not parent:
            continue
        what = draw.randrange(8)
        if what <= 3:
            parent[name] = deep(draw.choice([25, 40, 400])) if draw.random() < 0.05 else draw.choice(VALUES)
        elif what == 4:
            del parent[name]
        elif what == 5 and isinstance(parent, dict):
            parent[draw.choice([*TEXTS, "kind", "value", "set"])] = parent.pop(name)
        elif what == 6 and isinstance(parent, list):
            parent.extend(parent[:1] * draw.choice([1, 50]))
        else:
            parent[name] = draw.choice([[parent[name]], {"x": parent[name]}, tree_copy(tree)])
    return tree


def tree_copy(tree: Any) -> Any:
    """A copy that shares nothing."""
    return json.loads(json.dumps(tree))


def spoilt_bytes(draw: random.Random, content: bytes) -> bytes:
    """The same bytes with a few flipped, cut, doubled, or nasty texts put in."""
    found = bytearray(content)
    for _ in range(draw.choice([1, 1, 2, 4])):
        place, length = draw.randrange(len(found) + 1), draw.choice([1, 3, 20])
        what = draw.randrange(5)
        if what == 0 and found:
            found[place - 1] ^= 1 << draw.randrange(8)
        elif what == 1:
            del found[place : place + length]
        elif what == 2:
            found[place:place] = found[place : place + length] * 3
        elif what == 3:
            found[place : place + length] = draw.choice(TEXTS).encode("utf-8", "surrogatepass")
        else:
            lines = found.split(b"\n")
            draw.shuffle(lines) if draw.random() < 0.1 else lines.insert(
                draw.randrange(len(lines) + 1), draw.choice(lines)
            )
            found = bytearray(b"\n".join(lines))
    return bytes(found)


def spoilt_file(draw: random.Random, path: Path, into: Path) -> None:
    """A spoilt copy of a YAML file: half by its tree, half by its bytes."""
    if draw.random() < 0.5:
        into.write_bytes(spoilt_bytes(draw, path.read_bytes()))
    else:
        into.write_text(json.dumps(spoilt_tree(draw, tree_of(path))), encoding="utf-8")
