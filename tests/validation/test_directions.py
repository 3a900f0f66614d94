"""V10: the shipped directions hold; files of directions are read as scenarios are; verdicts err as rarely as told."""

import re

import numpy as np
import pandas
import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.core.errors import UserError
from sim.lab.estimates.intervals import mean_interval
from sim.outcomes import OUTCOMES
from sim.validation import validate
from sim.validation.case import verdict_of
from sim.validation.direction_file import read_directions
from sim.validation.directions import (
    FALSE_ALARMS,
    FILE,
    difference_of_bits,
    judge,
    judged,
    simultaneous_level,
)
from tests.shipped import shipped as shipped_files

SMALL = """
given: {horizon.quarters: 12, structure.area_level.departments: 2, structure.new_cities.departments: 5}
window: [9, 12]
replications: 6
most_replications: 6
bases:
  four: {scenario: four_systems.yaml}
  civil: {scenario: civil_service.yaml}
statements:
"""
RIGHT = "  - {says: pay floats, base: four, against: civil, outcome: pay_gini, expect: up}\n"


def read(folder, statements, header=SMALL):
    """The statements of a file that lies among the shipped scenarios."""
    for file in shipped_files():
        (folder / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    path = folder / "mine.yaml"
    path.write_text(header + statements, encoding="utf-8")
    return read_directions(path, OUTCOMES)


def wrong(folder, statements, header=SMALL):
    with pytest.raises(UserError) as told:
        read(folder, statements, header)
    return str(told.value)


# --- the shipped statements


def test_the_quick_subset_holds():
    found = validate(["V10"], quick=True)
    assert len(found.checks) >= 15
    assert [(check.quantity, check.obtained) for check in found.checks if not check.passed] == []


@pytest.fixture(scope="module")
def shipped():
    return read_directions(FILE, OUTCOMES).statements


def test_there_are_sixty_statements_of_every_sort(shipped):
    assert len(shipped) >= 60
    assert {one.said.expect for one in shipped} == {"up", "down", "nothing", "same"}
    assert sum(one.said.quick for one in shipped) >= 15


def test_a_model_that_ignores_a_setting_is_found_out(tmp_path):
    """The statement is false: nobody games where nobody can, whatever it costs."""
    found = read(
        tmp_path,
        "  - {says: x, base: four, given: {behaviour.gaming.manipulability: 0}, change: {behaviour.gaming.cost: 9}, "
        "outcome: gaming, expect: down}\n",
    )
    [check] = judged(found)
    assert check.obtained == 0
    assert check.verdict == "undecided"
    assert not check.passed


def test_a_wrong_sign_is_refuted(tmp_path):
    [check] = judged(read(tmp_path, RIGHT.replace("expect: up", "expect: down")))
    assert check.verdict == "REFUTED"
    [right] = judged(read(tmp_path, RIGHT))
    assert right.verdict == "confirmed"
    assert 0 < right.low < right.obtained < right.high


# --- how often verdicts err, on made-up data

STATEMENTS = 80
SETS = 1500


def looks(effect, draw):
    """(low, high) of the intervals at both looks, shape (2, sets, statements); `effect` in SD of a difference."""
    level, found = simultaneous_level(STATEMENTS), []
    data = effect + draw(np.random.default_rng(7), (160, SETS * STATEMENTS))
    for count in (40, 160):
        interval = mean_interval(data[:count], level=level)
        found.append((interval.low.reshape(SETS, STATEMENTS), interval.high.reshape(SETS, STATEMENTS)))
    return np.array(found).transpose(1, 0, 2, 3)


def normal(luck, shape):
    return luck.normal(size=shape)


def counts(luck, shape):
    """Differences of rare events: flags, dismissals."""
    return luck.poisson(0.7, size=shape) - luck.poisson(0.7, size=shape)


@pytest.mark.parametrize("draw", [normal, counts])
def test_false_alarms_are_as_rare_as_told(draw):
    """Nothing is the truth everywhere: how many sets confirm or refute the sign of anything, at either look."""
    low, high = looks(0.0, draw)
    wrong = ((low > 0) | (high < 0)).any(axis=(0, 2)).mean()
    assert wrong <= FALSE_ALARMS + 3 * np.sqrt(FALSE_ALARMS * (1 - FALSE_ALARMS) / SETS)
    low, high = looks(0.0, draw) / 2
    assert ((low > 0) | (high < 0)).any(), "intervals half as wide err, so the test can tell"


def test_true_statements_of_five_errors_pass():
    """Each effect is five standard errors at forty replications: fewer than one set in a hundred is undecided."""
    low, _ = looks(5 / np.sqrt(40), normal)
    passed = ((low[0] > 0) | (low[1] > 0)).all(axis=1)
    assert passed.mean() > 1 - FALSE_ALARMS
    assert not (low[0] > 0).all(), "the second look is needed"


def test_verdicts():
    assert [verdict_of("up", *ends, 0.0) for ends in ((1, 2), (-1, 2), (-2, -1))] == [
        "confirmed",
        "undecided",
        "REFUTED",
    ]
    assert verdict_of("down", -2, -1, 0.0) == "confirmed"
    assert [verdict_of("nothing", *ends, 1.0) for ends in ((-0.5, 1), (0.5, 1.5), (1.1, 2), (-2, -1.1))] == [
        "confirmed",
        "undecided",
        "REFUTED",
        "REFUTED",
    ]
    assert [verdict_of("same", end, end, 0.0) for end in (0.0, 1e-18)] == ["confirmed", "REFUTED"]


def test_the_interval_is_the_one_of_all_statements(shipped):
    one = next(one for one in shipped if one.said.expect == "up")
    values = np.random.default_rng(1).normal(1, 1, 40)
    check = judge(one, values, simultaneous_level(80))
    from scipy import stats

    half = stats.t.ppf(1 - 0.01 / (2 * 2 * 80), 39) * values.std(ddof=1) / np.sqrt(40)
    assert check.low == pytest.approx(values.mean() - half)
    assert check.high == pytest.approx(values.mean() + half)


def test_the_same_is_the_same_to_the_last_bit():
    table = pandas.DataFrame({"replication": [0, 0], "quarter": [1, 2], "x": [0.1, np.nan], "y": [1.0, 2.0]})
    longer = pandas.concat([table, table.assign(replication=1, x=9.0)])
    assert difference_of_bits([table, longer], "all") == 0
    last_bit = table.assign(x=[np.nextafter(0.1, 1), np.nan])
    assert 0 < difference_of_bits([table, last_bit], "all") < 1e-16
    assert difference_of_bits([table, last_bit], "y") == 0
    assert difference_of_bits([table, table.assign(x=[0.1, 0.0])], "x") == np.inf
    assert difference_of_bits([table], "y") == 2


# --- files of one's own


def test_everything_wrong_is_told_at_once_with_its_place(tmp_path):
    told = wrong(
        tmp_path,
        "  - {says: a, base: fore, outcome: gaming, expect: up}\n"
        "  - {says: b, base: four, change: {behaviour.gaming.kost: 2}, outcome: gamin, expect: up}\n"
        "  - {says: c, base: four, change: {behaviour.gaming.cost: 2}, outcome: gamin, expect: up}\n"
        "  - {says: d, base: four, change: {behaviour.gaming.cost: 2}, outcome: gaming, expect: sideways}\n"
        "  - {says: e, base: four, change: {behaviour.gaming.cost: 2}, outcome: gaming, expect: up, window: [9, 99]}\n"
        "  - {says: f, base: four, change: {behaviour.gaming.cost: 2}, outcome: gaming, expect: up, window: [12, 9]}\n"
        "  - {says: g, base: four, change: {behaviour.gaming.cost: 2}, outcome: gaming, expect: nothing}\n"
        "  - {says: h, base: four, change: {behaviour.gaming.cost: 0.8}, outcome: gaming, expect: up}\n"
        "  - {says: i, base: four, outcome: gaming, expects: up}\n",
    )
    start = SMALL.count("\n") + 1
    for line, text in (
        (0, '"fore" is not one of the bases; did you mean four?'),
        (1, "behaviour.gaming.kost is not a setting; did you mean cost?"),
        (2, 'statements.outcome = "gamin" is not an outcome; did you mean gaming?'),
        (3, "is not one of its choices"),
        (4, "window = [9, 99] must be two quarters in order, at most 12 (the horizon)"),
        (5, "window = [12, 9] must be two quarters in order"),
        (6, "expect: nothing needs within"),
        (7, '"h": nothing differs between the two sides'),
        (8, "expects is not a setting; did you mean expect?"),
    ):
        assert any(f"mine.yaml:{start + line}:" in row and text in row for row in told.splitlines()), (
            text,
            told,
        )


def test_a_statement_said_twice(tmp_path):
    assert '"pay floats" is said twice' in wrong(tmp_path, RIGHT + RIGHT)


def test_no_statements(tmp_path):
    assert "statements is empty" in wrong(tmp_path, "", SMALL.replace("statements:", "statements: []"))


def test_the_command_prints_verdict_and_interval_and_fails_with_one(tmp_path):
    read(tmp_path, RIGHT + RIGHT.replace("up", "down").replace("pay floats", "pay floats not"))
    run = CliRunner().invoke(app, ["validate", "V10", "--directions", str(tmp_path / "mine.yaml")])
    assert run.exit_code == 1
    assert "confirmed" in run.stdout
    assert "REFUTED" in run.stdout
    assert "±" in run.stdout
    assert "All 2 intervals hold together with 99%" in run.stdout


@pytest.mark.parametrize("command", [["check"], ["run"], ["sweep"]])
def test_a_file_of_directions_is_no_scenario(command):
    run = CliRunner().invoke(app, [*command, str(FILE)])
    assert run.exit_code == 2
    assert re.search("is a file of directions(, not a scenario)?: sim validate V10", run.stderr)


def test_the_command_refuses_a_wrong_file(tmp_path):
    with pytest.raises(UserError):
        read(tmp_path, RIGHT.replace("pay_gini", "pay_ginny"))
    run = CliRunner().invoke(app, ["validate", "V10", "--directions", str(tmp_path / "mine.yaml")])
    assert run.exit_code == 2
    assert "did you mean pay_gini?" in run.stderr
