"""The plan of the house: its numbers and its picture come from the code, its walks are counted as they are written."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from scripts import house
from sim.lab import PLACES, maker
from sim.lab.results.result import Analysis, Result
from sim.lab.results.study import Study

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

FILES = {
    "sim/__init__.py": "",
    "sim/core/a.py": '"""Text.\n\nMore text.\n"""\n\nFIRST = 1\n',
    "sim/core/b.py": """
        from typing import TYPE_CHECKING

        from sim.core.a import FIRST

        if TYPE_CHECKING:
            from sim.cli import top


        class Public:
            def method(self):
                # not counted
                for number in range(FIRST):
                    if number:
                        return number
                    elif FIRST:
                        return FIRST

            def _own(self): ...


        def _later():
            import sim.cli.top
        """,
    "sim/cli/top.py": """
        from sim.core import a, b


        def shown():
            '''A docstring.'''
            return a, b
        """,
}


@pytest.fixture
def small(tmp_path):
    """A house of three files and one circle."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"^ {8}", "", text, flags=re.MULTILINE), encoding="utf-8")
    return house.read(tmp_path / "sim")


def test_imports_are_those_that_run(small):
    assert {(one.file, one.other, one.lazy) for one in small.imports} == {
        ("sim.core.b", "sim.core.a", False),
        ("sim.core.b", "sim.cli.top", True),
        ("sim.cli.top", "sim.core.a", False),
        ("sim.cli.top", "sim.core.b", False),
    }


def test_a_circle_counts_imports_inside_functions(small):
    assert small.circles == [["sim.cli.top", "sim.core.b"]]


def test_no_files_form_a_circle():
    assert house.read(ROOT / "sim").circles == []


def test_what_results_say_is_made_where_the_table_of_places_says():
    for kind, places in PLACES.items():
        assert "report" in places
        assert all(callable(maker(kind, what)) for what in places)
        assert "result" not in places or maker(kind, "result").kind == kind


def test_every_kind_of_result_has_a_place_and_names_itself():
    kinds = {kind.kind for base in (Result, Study, Analysis) for kind in base.__subclasses__()}
    assert kinds == set(PLACES)


def test_modules_are_named_by_strings_in_two_files_only():
    named = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "sim").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and re.fullmatch(r"sim(\.\w+)+(:\w+)?", str(node.value))
    }
    assert named == {"sim/__init__.py", "sim/lab/__init__.py"}


def test_functions_are_measured_without_words_and_elif_is_no_deeper(small):
    assert sorted(house.functions(small)) == [
        ("sim.cli.top.shown", 2, 0),
        ("sim.core.b._later", 2, 0),
        ("sim.core.b._own", 1, 0),
        ("sim.core.b.method", 6, 2),
    ]
    assert house.names(small) == (2, 1)
    assert len(small.code["sim.core.a"]) == 1


def test_climbs_are_counted_by_room(small):
    rows = [line for line in house.numbers(small).splitlines() if line.startswith(("| `core`", "| `cli`"))]
    assert rows == ["| `cli` | 1 | 7 | 0 | 0 | 0 |", "| `core` | 2 | 29 | 1 | 0 | 1 |"]


def test_rooms_stand_in_the_order_of_their_contract(small):
    house_of_lab = house.House(
        {f"sim.lab.{name}.one": 1 for name in ("results", "questions", "jobs")}, small.code, [], small.trees
    )
    assert [one for one in house.rooms(house_of_lab) if "." in one] == [
        "lab.questions",
        "lab.jobs",
        "lab.results",
    ]


def test_no_room_of_the_real_house_climbs_but_to_what_it_stands_in():
    real = house.read(ROOT / "sim")
    known = house.rooms(real)
    climbs = {(start, end) for start, end, _ in house.arrows(real) if known.index(end) < known.index(start)}
    assert all(start.startswith(f"{end}.") for start, end in climbs)


def test_walks_come_by_files_that_are_there():
    for steps, _ in (one.values for one in walks() if one.id.endswith("-now")):
        assert [name for name in files_of(steps) if not (ROOT / "sim" / f"{name}.py").is_file()] == []


def test_the_house_is_drawn_the_same_twice(tmp_path):
    real = house.read(ROOT / "sim")
    for name in ("once", "twice"):
        house.draw(real, tmp_path / name)
    for kind in ("svg", "png"):
        assert (tmp_path / f"once.{kind}").read_bytes() == (tmp_path / f"twice.{kind}").read_bytes()
    assert {house.room_of(module, house.rooms(real)) for module in real.lines} == set(house.rooms(real))


def test_the_picture_and_the_numbers_are_kept():
    for kind in ("svg", "png"):
        picture = ROOT / "docs" / "figures" / f"house.{kind}"
        assert 10_000 < picture.stat().st_size < 200_000
    kept = TEXT.partition(house.MARKS[0])[2].partition(house.MARKS[1])[0]
    assert re.match(r"\nMeasured at `[0-9a-f]{7,}` \(\d{4}-\d\d-\d\d\)\.\n", kept)
    assert all(f"| `{floor}` |" in kept for floor in house.floors())


WALKS = ("before", "now", "planned")


def walks():
    """The walks as they are written, with the counts that the page states."""
    for part in TEXT.partition("## Two walks")[2].partition("## Adding things")[0].split("\n### ")[1:]:
        for name in WALKS:
            steps = re.search(rf"\n{name.capitalize()}:\n(.*?)\n\n(?!\d)", part, re.DOTALL)[1]
            row = re.search(rf"\| {name} \| (\d+) \| (\d+) \| (\d+) \|", part)
            yield pytest.param(steps, tuple(map(int, row.groups())), id=f"{part.split()[1]}-{name}")


def files_of(steps):
    """Every file a walk comes by; one named before may be told by its last name."""
    known, passed = {}, []
    for name in re.findall(r"`([\w/]+)`", re.sub(r"\([^)]*\)", "", steps)):
        full = name if "/" in name else known[name]
        known[name.split("/")[-1]] = full
        passed.append(full)
    return passed


@pytest.mark.parametrize(("steps", "stated"), list(walks()))
def test_walks_are_counted_as_they_are_written(steps, stated):
    passed = files_of(steps)
    assert all(one != next_one for one, next_one in pairwise(passed))
    assert (len(passed) - 1, len(set(passed)), len(passed) - len(set(passed))) == stated
