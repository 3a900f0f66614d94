"""Measure the code and draw it: rooms, the imports between them, circles of files.

python scripts/house.py

writes docs/figures/house.svg and .png, and the numbers between the marks of docs/architecture.md. Everything is read
from the text of `sim/`; nothing of it is run. Imports inside functions count, imports for types alone do not.
"""

import argparse
import ast
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib as mpl
import networkx as nx
import numpy as np

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "architecture.md"
FIGURES = ROOT / "docs" / "figures"
MARKS = ("<!-- house: begin -->", "<!-- house: end -->")
ROOM = 1000
"""Lines from which a folder within a floor is drawn as a room of its own."""
DOWN, UP = "#0072B2", "#D55E00"
"""Blue and vermilion of a palette that is safe for colour blindness."""
TITLE = (
    "The rooms of sim/ from the top of the house to its floor. Numbers on arrows: imports at the top of files "
    "(+ inside functions).\nBlue goes down. Vermilion climbs: it is against the order of the house."
)
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Import:
    """One file imports another; `lazy` if it does so inside a function."""

    file: str
    other: str
    lazy: bool


@dataclass(frozen=True)
class House:
    """All files as parsed text.

    lines: by module, its lines of text.
    code: by module, the lines that hold code: no blank line, comment or docstring.
    trees: by module, its syntax.
    imports: every import of one file by another.
    """

    lines: dict[str, int]
    code: dict[str, set[int]]
    trees: dict[str, ast.Module]
    imports: list[Import]

    @property
    def circles(self) -> list[list[str]]:
        """Files that reach one another through imports, the largest circle first."""
        graph = nx.DiGraph((one.file, one.other) for one in self.imports)
        circles = [sorted(found) for found in nx.strongly_connected_components(graph) if len(found) > 1]
        return sorted(circles, key=lambda files: (-len(files), files))


def read(package: Path) -> House:
    """The house under a package's folder."""
    texts = {_module(path, package): path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    texts = dict(sorted(texts.items()))
    trees = {module: ast.parse(text) for module, text in texts.items()}
    return House(
        {module: text.count("\n") for module, text in texts.items()},
        {module: _code_lines(text, trees[module]) for module, text in texts.items()},
        trees,
        [one for module, tree in trees.items() for one in _imports(module, tree, set(trees))],
    )


def _module(path: Path, package: Path) -> str:
    return ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")


def _code_lines(text: str, tree: ast.Module) -> set[int]:
    """Numbers of the lines that hold code."""
    held = {at for at, line in enumerate(text.split("\n"), 1) if line.strip() and line.strip()[0] != "#"}
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                held -= _span(node)
    return held


def _span(node: ast.stmt) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _imports(module: str, tree: ast.Module, known: set[str]) -> Iterator[Import]:
    """Imports of other files; each file once at the top and once a function."""
    found = {
        Import(module, other, inside is not None): None
        for node, inside in _walk(tree, None)
        for other in _imported(node, known)
        if other != module
    }
    yield from found


def _walk(node: ast.AST, inside: ast.AST | None) -> Iterator[tuple[ast.AST, ast.AST | None]]:
    """Every node with the function that it stands in; blocks for the type checker alone are left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child, inside
        yield from _walk(child, child if isinstance(child, DEFINED) else inside)


def _imported(node: ast.AST, known: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in known)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            names = (f"{node.module}.{alias.name}", node.module)
            yield from [name for name in names if name in known][:1]


def floors() -> list[str]:
    """The floors that the order of imports knows, from the top down, below the package's public face."""
    return ["sim", *ordered_by_contract()["sim"]]


@cache
def ordered_by_contract() -> dict[str, list[str]]:
    """What the contracts of layers put in order, from the top down: the floors of `sim`, the rooms of a floor."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = [one for one in project["tool"]["importlinter"]["contracts"] if one["type"] == "layers"]
    return {
        container: [name.strip() for layer in contract["layers"] for name in layer.split("|")]
        for contract in contracts
        for container in contract["containers"]
    }


def rooms(house: House) -> list[str]:
    """Floors, each followed by the rooms that a contract puts in order, or else by its large folders."""
    sizes: Counter[str] = Counter()
    for module, lines in house.lines.items():
        sizes[".".join(module.split(".")[1:3])] += lines if len(module.split(".")) > 3 else 0
    return [name for floor in floors() for name in (floor, *_within(floor, sizes))]


def _within(floor: str, sizes: Counter[str]) -> list[str]:
    """The rooms of a floor; `sizes` has the lines of every folder."""
    ordered = ordered_by_contract().get(f"sim.{floor}")
    if ordered is not None:
        return [f"{floor}.{name}" for name in ordered if sizes[f"{floor}.{name}"]]
    return sorted(name for name, lines in sizes.items() if lines >= ROOM and name.startswith(f"{floor}."))


def room_of(module: str, among: list[str]) -> str:
    """The room a file stands in; the package's own files are `sim`."""
    parts = module.split(".")[1:]
    names = (".".join(parts[:2]), ".".join(parts[:1]))
    return next((name for name in names if name in among), "sim")


def functions(house: House) -> list[tuple[str, int, int]]:
    """Every function: where it is, its lines of code, how deep its blocks are nested."""
    return [
        (f"{module}.{node.name}", len(held & _span(node)), _depth(node))
        for module, held in house.code.items()
        for node in ast.walk(house.trees[module])
        if isinstance(node, DEFINED)
    ]


def _depth(node: ast.AST) -> int:
    """How many blocks stand in one another; an `elif` is no deeper than its `if`."""
    return max((_depth_of(node, child) for child in ast.iter_child_nodes(node)), default=0)


def _depth_of(node: ast.AST, child: ast.AST) -> int:
    follows = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
    return _depth(child) + (isinstance(child, BLOCKS) and not follows)


def names(house: House) -> tuple[int, int]:
    """Public classes and functions of files, and public methods of classes."""
    tops = [
        node
        for tree in house.trees.values()
        for node in tree.body
        if isinstance(node, (ast.ClassDef, *DEFINED))
    ]
    inside = [
        node
        for top in tops
        if isinstance(top, ast.ClassDef)
        for node in top.body
        if isinstance(node, DEFINED)
    ]
    return _public(tops), _public(inside)


def _public(nodes: Sequence[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]) -> int:
    return sum(not node.name.startswith("_") for node in nodes)


def arrows(house: House) -> Counter[tuple[str, str, bool]]:
    """Imports between rooms and within them, by (from, to, inside a function)."""
    known = rooms(house)
    return Counter((room_of(one.file, known), room_of(one.other, known), one.lazy) for one in house.imports)


def numbers(house: House) -> str:
    """The measured tables, in Markdown."""
    return "\n".join(
        [f"Measured at {_commit()}.", "", *_whole(house), "", *_rooms(house), "", *_circles(house)]
    )


def _commit() -> str:
    """The last commit that changed the code."""
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=`%h` (%cs)", "--", "sim"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def _whole(house: House) -> list[str]:
    found = functions(house)
    sizes = np.array([lines for _, lines, _ in found])
    longest, largest, _ = max(found, key=lambda one: one[1])
    public, methods = names(house)
    lines, code = sum(house.lines.values()), sum(map(len, house.code.values()))
    lazy = sum(one.lazy for one in house.imports)
    spread = f"{np.median(sizes):.0f} / {np.percentile(sizes, 90):.0f} / {largest} (`{longest}`)"
    measures = {
        "files / lines / lines of code": f"{len(house.lines)} / {lines:,} / {code:,}",
        "lines of code of a function: median / 90th percentile / largest": spread,
        "deepest nesting of blocks": max(depth for *_, depth in found),
        "public classes and functions + public methods": f"{public:,} + {methods}",
        "lines per public class or function": round(lines / public),
        "imports among files / of these inside functions": f"{len(house.imports):,} / {lazy}",
        "circles among files / files in them": f"{len(house.circles)} / {sum(map(len, house.circles))}",
    }
    return [
        "| measure | value |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in measures.items()),
    ]


def _rooms(house: House) -> list[str]:
    head = [
        "| room | files | lines | imports within | of these inside functions | climbs |",
        "|---|---|---|---|---|---|",
    ]
    return [*head, *(_room(house, name) for name in rooms(house))]


def _room(house: House, name: str) -> str:
    """One room's row; an import climbs if it leads to a room further up in this table."""
    count, known = arrows(house), rooms(house)
    above = known[: known.index(name)]
    climbs = sum(count[name, other, lazy] for other in above for lazy in (False, True))
    files, lines = size(house, name)
    lazy = count[name, name, True]
    return f"| `{name}` | {files} | {lines:,} | {count[name, name, False] + lazy} | {lazy} | {climbs} |"


def size(house: House, room: str) -> tuple[int, int]:
    """Files and lines of a room, without those of rooms within it."""
    known = rooms(house)
    inside = [lines for module, lines in house.lines.items() if room_of(module, known) == room]
    return len(inside), sum(inside)


def _circles(house: House) -> list[str]:
    return [
        f"- {len(files)} files: {', '.join(f'`{file.removeprefix("sim.")}`' for file in files)}."
        for files in house.circles
    ]


def draw(house: House, stem: Path) -> None:
    """Rooms as boxes on a staircase, imports as arrows; the same code gives the same bytes.

    An arrow leaves a room to the right and falls on the room it imports; to the left and up it climbs. So everything
    below the stairs is against the order of the house.
    """
    known, count = rooms(house), arrows(house)
    with mpl.rc_context(
        {"svg.hashsalt": "house", "svg.fonttype": "none", "font.family": "DejaVu Sans", "font.size": 8}
    ):
        figure, axes = plt.subplots(figsize=(17, 17.5), layout="constrained")
        axes.set(xlim=(-0.6, len(known) - 0.4), ylim=(len(known) - 0.5, -0.5), title=TITLE)
        axes.axis("off")
        for start, end in sorted({(start, end) for start, end, _ in count if start != end}):
            numbers = count[start, end, False], count[start, end, True]
            _arrow(axes, known.index(start), known.index(end), numbers)
        for place, name in enumerate(known):
            _box(axes, house, name, place)
        figure.savefig(stem.with_suffix(".svg"), metadata={"Date": None, "Creator": None})
        figure.savefig(stem.with_suffix(".png"), dpi=75, metadata={"Software": None})
        plt.close(figure)


def _box(axes: Axes, house: House, name: str, place: int) -> None:
    """A room with its size, the imports among its own files and its largest circle."""
    count, known = arrows(house), rooms(house)
    circle = max((len(files) for files in house.circles if room_of(files[0], known) == name), default=0)
    axes.add_patch(
        FancyBboxPatch(
            (place - 0.46, place - 0.45),
            0.92,
            0.9,
            "round,pad=0,rounding_size=.08",
            fc="white",
            ec="0.2",
            zorder=3,
        )
    )
    files, lines = size(house, name)
    lazy = count[name, name, True]
    within = f"{count[name, name, False]} (+{lazy}) within" if lazy else f"{count[name, name, False]} within"
    texts = [(f"{files} files", "0.2"), (f"{lines:,} lines", "0.2"), (within, UP if lazy else "0.2")]
    if circle:
        texts.append((f"circle of {circle}", UP))
    axes.text(
        place, place - 0.25, name.replace(".", ".\n"), ha="center", va="center", weight="bold", zorder=4
    )
    for row, (text, colour) in enumerate(texts):
        axes.text(
            place, place + 0.02 + 0.15 * row, text, ha="center", va="center", size=6, color=colour, zorder=4
        )


def _arrow(axes: Axes, start: int, end: int, count: tuple[int, int]) -> None:
    """From one room along its row to the column of the other, then on to it; the number stands at the corner."""
    colour = DOWN if start < end else UP
    width = 0.4 + sum(count) / 20
    aim = end - 0.46 if start < end else end + 0.46
    axes.plot([start, end], [start, start], color=colour, alpha=0.35, linewidth=width, zorder=1)
    shape = {
        "arrowstyle": "-|>",
        "color": colour,
        "alpha": 0.35,
        "linewidth": width,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    axes.annotate("", (end, aim), (end, start), arrowprops=shape, zorder=1)
    text = f"{count[0]} (+{count[1]})" if count[1] else f"{count[0]}"
    paper = {"boxstyle": "round,pad=0.25", "fc": "white", "ec": colour}
    axes.text(end, start, text, ha="center", va="center", size=7.5, color=colour, bbox=paper, zorder=2)


def main() -> None:
    """Write the picture and the numbers."""
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    house = read(ROOT / "sim")
    FIGURES.mkdir(parents=True, exist_ok=True)
    draw(house, FIGURES / "house")
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    DOCUMENT.write_text(f"{before}{MARKS[0]}\n{numbers(house)}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
