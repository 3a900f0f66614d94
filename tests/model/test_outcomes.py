"""The table of outcomes: the one place for their facts, and every way of leaving counted."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.lab.estimates.digest import digest
from sim.lab.questions.run import run
from sim.lab.reports.grids import flow_grid, level_grid
from sim.lab.results.tables import Tables
from sim.outcomes.outcomes import _ROWS, EXITS, LEAVING, OUTCOMES, PLACES, shown_in
from sim.outcomes.units import UNITS
from sim.scenario.loader import load

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "sim" / "outcomes" / "outcomes.py"
SUMS = (ROOT / "sim" / "outcomes" / "snapshot.py", ROOT / "sim" / "model" / "outside.py")
"""Where the sums are made: they have names too, and some outcomes are a sum as it is."""

ALL_SIX = """
name: all_six
extends: {folder}/four_systems.yaml
replications: 3
horizon: {{quarters: 24}}
structure:
  area_level: {{departments: 3}}
  new_cities: {{departments: 10}}
  department_size: {{mean: 8}}
world: {{leaders_per_organisation: 2}}
behaviour: {{quits: {{base_established: 0.05}}}}
timeline:
  - quarter: 4
    set: {{regime: {{appointment: {{kind: contract, conversion: choice, term_years: 1, renewal_grade: 2}}}}}}
  - quarter: 8
    set: {{regime: {{appointment: {{kind: established}}}}}}
  - quarter: 12
    set:
      regime:
        appointment: {{kind: contract, conversion: competition, kept_share: 0.9, term_years: 1, renewal_grade: 2}}
        appraisal: {{kind: four_grades}}
        adjustment: {{triggers: {{last: {{kind: last_in_department, in_a_row: 1, follows: exit}}}}}}
"""
"""People may opt out; who is established again must later compete for the post; all are appraised and flagged."""


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    path = tmp_path_factory.mktemp("six") / "all_six.yaml"
    path.write_text(ALL_SIX.format(folder=ROOT / "scenarios"), encoding="utf-8")
    return run(load(path, allow=[ROOT / "scenarios" / "four_systems.yaml"]))


def test_every_way_of_leaving_occurs_and_is_an_exit(six: Tables) -> None:
    assert set(LEAVING) == {"resigned", "retired", "dismissed", "not_renewed", "opted_out", "not_selected"}
    assert set(LEAVING) <= set(six.events["event"])
    assert {OUTCOMES[name].of.events[0] for name in EXITS} == set(LEAVING)


def test_the_exit_rate_is_a_count_over_the_staff_table(six: Tables) -> None:
    """Whoever has a last quarter has left; so many in the window, over the people employed at its quarters' ends."""
    small, window = digest({six.name: six}, window=(5, 24)), (5, 24)
    gone = six.staff[six.staff["left_quarter"].between(*window)].groupby("replication").size()
    people = six.area[six.area["quarter"].between(*window)].groupby("replication")["headcount"].sum()
    counted = (400 * gone / people).mean()
    assert gone.sum() > 50
    told = small.levels.set_index("outcome")["mean"]
    assert told["exits"] == pytest.approx(counted, rel=1e-12)
    assert sum(told[name] for name in EXITS) == pytest.approx(counted, rel=1e-12)
    for grid, column in ((level_grid(small), 2), (flow_grid(small), 1)):
        [row] = [row for row in grid.rows if row[0] == OUTCOMES["exits"].label]
        assert float(row[column]) == pytest.approx(counted, rel=0.05), "rounded"


def test_turnover_and_mobility_are_what_they_are_made_of(six: Tables) -> None:
    area = six.area[six.area["quarter"] > 0]
    assert area["turnover"].to_numpy() == pytest.approx((area["hires"] + area["exits"]).to_numpy())
    moves = area["promotions"] + area["demotions"] + area["repostings"]
    assert area["mobility"].to_numpy() == pytest.approx(moves.to_numpy())


def test_whoever_leaves_leaves_by_an_event_of_the_table() -> None:
    """Every event that the model hands to `leave`."""
    said = set()
    for path in (ROOT / "sim" / "model").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "leave":
                said |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    assert said == set(LEAVING)


def literals(path: Path) -> Iterator[tuple[int, list[object]]]:
    """The constants that stand side by side in every collection of a file: elements, keys, values."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        sides: list[list[ast.expr]] = []
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            sides = [node.elts]
        elif isinstance(node, ast.Dict):
            keys = [] if path in SUMS else [key for key in node.keys if key is not None]
            sides = [keys, node.values]
        for side in sides:
            yield node.lineno, [one.value for one in side if isinstance(one, ast.Constant)]


def lists_of_outcomes(path: Path) -> list[str]:
    """Collections with three outcomes or more, by name or by label."""
    names, labels = set(OUTCOMES), {one.label for one in OUTCOMES.values()}
    return [
        f"{path.name}:{line}: {told}"
        for line, constants in literals(path)
        for told in ([one for one in constants if one in facts] for facts in (names, labels))
        if len(told) > 2
    ]


def test_no_second_list_of_outcomes() -> None:
    files = [path for path in (ROOT / "sim").rglob("*.py") if path != TABLE]
    assert [one for path in files for one in lists_of_outcomes(path)] == []


def test_a_second_list_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "second.py"
    path.write_text('A = {"hires": 1, "exits": 2, "morale": 3}\nB = f("flags", ["hires", "exits"])\n')
    assert len(lists_of_outcomes(path)) == 1


def test_no_row_has_the_name_of_another() -> None:
    assert [name for name, rows in Counter(one.name for one in _ROWS).items() if rows > 1] == []


def test_every_row_is_complete() -> None:
    for name, one in OUTCOMES.items():
        assert one.name == name
        assert one.unit in UNITS
        assert one.of.counted_from
        assert one.shown <= set(PLACES)
        assert one.good in (-1, 0, 1)
    assert all(shown_in(place) for place in PLACES)
    assert len({one.label for one in OUTCOMES.values()}) == len(OUTCOMES)
