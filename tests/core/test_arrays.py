"""What arrays are called is defined once."""

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import sim
from sim.core import arrays

SIM = Path(sim.__file__).parent
HOME = SIM / "core" / "arrays.py"
NAMES = {"Floats", "Integers", "Counts", "Codes", "Mask", "Rows", "Streams", "Column"}


def of_arrays(node: ast.AST) -> bool:
    """Whether something is made of `NDArray[...]`."""
    return any(
        isinstance(part, ast.Subscript) and isinstance(part.value, ast.Name) and part.value.id == "NDArray"
        for part in ast.walk(node)
    )


def definitions(path: Path) -> Iterator[tuple[str, str]]:
    """Names that a module gives to kinds of arrays, or takes from others."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and of_arrays(node.value):
            yield from ((path.name, ast.unparse(target)) for target in node.targets)
        if isinstance(node, (ast.TypeAlias, ast.AnnAssign)) and node.value and of_arrays(node.value):
            yield path.name, ast.unparse(node)


def test_no_other_module_names_a_kind_of_array() -> None:
    others = [path for path in SIM.rglob("*.py") if path != HOME]
    assert [one for path in others for one in definitions(path)] == []


def test_the_engine_writes_the_names_out_nowhere() -> None:
    rooms = ("core", "settings", "people", "response", "rules", "outcomes", "model")
    found = [
        path.relative_to(SIM).as_posix()
        for room in rooms
        for path in (SIM / room).rglob("*.py")
        if path != HOME and of_arrays(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_names_are_those_that_are_defined() -> None:
    assert {name for _, name in definitions(HOME)} == NAMES
    assert arrays.Floats == NDArray[np.float64]
