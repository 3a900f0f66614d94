"""Evaluations: pilots whose truth is the paired difference, estimators that see one side, files that are wrong."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

import sim
from sim.core.errors import UserError
from sim.lab.designs.assignment import reformed, starts_of, unreformed
from sim.lab.designs.evaluation_file import Pilots
from sim.lab.designs.read_evaluation import evaluation_plan
from sim.lab.estimates.findings import findings_of
from sim.lab.results.evaluation import Evaluation
from tests.model.small import FOLDER, SMALL

TINY: dict[str, Any] = {
    "name": "tiny",
    "scenario": str(FOLDER / "four_systems.yaml"),
    "set": dict(SMALL),
    "assignment": {"treated": [2, 3], "draws": 2},
    "data": {"lengths": [4, 8]},
    "estimators": ["two_way", "randomisation"],
    "replications": 4,
}


@pytest.fixture(scope="module")
def tiny() -> Evaluation:
    return sim.evaluate(TINY)


def part(**changes: Any) -> dict[str, Any]:
    return {**TINY, **changes}


def test_the_truth_is_the_paired_difference_in_the_treated_places(tiny: Evaluation) -> None:
    plan = evaluation_plan(TINY)
    assert plan.evaluation is not None
    scenario, pilots = plan.scenario("four_systems", 0), Pilots.read(plan.evaluation)
    pilot = 3
    starts = starts_of(pilots, scenario.world.new_cities, 2, pilot)
    assert len(starts) == 2
    assert set(starts.values()) == {8}
    sides = [
        sim.run(one, replications=4).quarters for one in (reformed(scenario, starts), unreformed(scenario))
    ]
    apart = []
    for table in sides:
        chosen = table["organisation"].isin(list(starts)) & table["quarter"].between(9, 12)
        apart.append(table[chosen & (table["replication"] == pilot)]["output_per_post"].mean())
    row = tiny.pilots.query(
        "treated == 2 and quarters == 4 and outcome == 'output_per_post' and replication == 3"
    )
    assert row["truth"].to_numpy() == pytest.approx(apart[0] - apart[1], abs=1e-12)
    assert row["judged"].tolist() == row["truth"].tolist()


def test_two_way_sees_the_changes_of_the_reformed_side_alone(tiny: Evaluation) -> None:
    plan = evaluation_plan(TINY)
    assert plan.evaluation is not None
    scenario, pilots = plan.scenario("four_systems", 0), Pilots.read(plan.evaluation)
    starts = starts_of(pilots, scenario.world.new_cities, 2, 0)
    table = sim.run(reformed(scenario, starts), replications=1).quarters
    table = table[table["organisation"].astype(str).isin(scenario.world.new_cities) & (table["quarter"] >= 1)]
    late, treated = table["quarter"] > 8, table["organisation"].isin(list(starts))
    means = table["reported_score"].groupby([treated, late]).mean()
    expected = (means[True, True] - means[True, False]) - (means[False, True] - means[False, False])
    row = tiny.pilots.query(
        "treated == 2 and quarters == 8 and outcome == 'reported_score' and replication == 0"
    )
    assert row["value"].to_numpy() == pytest.approx([expected, expected])


def test_pilots_of_a_draw_have_the_same_places_and_more_treated_are_further_ones() -> None:
    plan = evaluation_plan(part(replications=40, assignment={"treated": [2, 3], "draws": 20}))
    assert plan.evaluation is not None
    pilots, new_cities = Pilots.read(plan.evaluation), plan.scenario("four_systems", 0).world.new_cities
    drawn = [tuple(starts_of(pilots, new_cities, 2, pilot)) for pilot in range(40)]
    assert drawn[::2] == drawn[1::2]
    assert len(set(map(frozenset, drawn))) > 5
    assert {pilot: set(starts_of(pilots, new_cities, 3, pilot)) >= set(drawn[pilot]) for pilot in range(40)}[
        17
    ]


def test_staggered_starts_are_taken_in_turn_and_all_may_be_treated_one_after_another() -> None:
    asked = {"choose": "all", "after": [4, 8, 12]}
    plan = evaluation_plan(part(assignment=asked, data={"lengths": [8]}))
    assert plan.evaluation is not None
    new_cities = plan.scenario("four_systems", 0).world.new_cities
    assert list(starts_of(Pilots.read(plan.evaluation), new_cities, 5, 0).values()) == [4, 8, 12, 4, 8]


def test_workers_and_interruptions_change_nothing(tiny: Evaluation, tmp_path: Path) -> None:
    stored = sim.evaluate(TINY, workers=2, out=tmp_path)
    pandas.testing.assert_frame_equal(stored.pilots, tiny.pilots)
    pandas.testing.assert_frame_equal(stored.findings, tiny.findings)
    again = sim.open(tmp_path / "evaluate-tiny")
    assert isinstance(again, Evaluation)
    pandas.testing.assert_frame_equal(again.findings, tiny.findings)
    assert {"report.md", "report.html", "findings.csv", "pilots.parquet"} <= {
        path.name for path in (tmp_path / "evaluate-tiny").iterdir()
    }
    assert sim.evaluate(TINY, out=tmp_path).reused


def test_a_report_says_what_is_estimated_beside_what_is_true(tiny: Evaluation) -> None:
    report = tiny.report()
    row = tiny.findings.iloc[0]
    assert "2 of 5 new cities reformed and 4 quarters seen afterwards" in report
    assert f"{row['truth']:+.3g}"[:4].replace("-", "−") in report
    assert "5 places: errors clustered by place are too small" in report
    assert "no randomisation test has a p value below 0.1" in report
    assert "双向固定效应双重差分" in tiny.report("zh")
    assert "nan" not in report


def hand_made(**columns: Any) -> pandas.DataFrame:
    usual = {
        "scenario": "s",
        "treated": 2,
        "quarters": 8,
        "outcome": "score",
        "estimator": "e",
        "replication": 0,
    }
    return pandas.DataFrame({**usual, "beside": 0.0, **columns})


def test_findings_count_what_is_right_and_what_is_wrong() -> None:
    pilots = hand_made(
        value=[1.0, 2.0, 3.0, -1.0],
        low=[0.5, 1.0, 2.5, -3.0],
        high=[1.5, 3.0, 3.5, 1.0],
        p=[0.01, 0.04, 0.01, 0.5],
        truth=[1.0, 1.0, 1.0, 1.0],
        judged=[-1.0, 1.0, -1.0, -1.0],
    )
    found = findings_of(pilots, {"score": 1, "judge": 1}).iloc[0]
    assert found["bias"] == pytest.approx(0.25)
    assert found["spread"] == pytest.approx(np.std([1, 2, 3, -1], ddof=1))
    assert found[["coverage", "power", "right_sign", "wrong"]].tolist() == [0.75, 0.75, 0.75, 0.5]
    assert found["wrong_low"] < 0.5 < found["wrong_high"]
    falling = findings_of(pilots, {"score": -1, "judge": 1}).iloc[0]
    assert falling["wrong"] == 0.0  # where less is better, a rise is no success


def test_what_an_estimator_does_not_give_is_missing() -> None:
    pilots = hand_made(value=[1.0, np.nan], low=np.nan, high=np.nan, p=[0.2, np.nan], truth=1.0, judged=1.0)
    found = findings_of(pilots, {"score": 1, "judge": 1}).iloc[0]
    assert found["pilots"] == 1
    assert np.isnan(found["coverage"])
    assert found["power"] == 0.0


WRONG = [
    ({"estimators": ["two_ways"]}, "there is no estimator two_ways; did you mean two_way?"),
    (
        {"data": {"reported": ["reported_scores"]}},
        "there is no outcome reported_scores; did you mean reported_score?",
    ),
    ({"data": {"true": ["reported_score"]}}, "reported_score is among the true outcomes too"),
    ({"assignment": {"treated": [5]}}, "5 of 5 new cities leaves no untreated place: from 1 to 4"),
    ({"assignment": {"treated": [1.5]}}, "1.5 is neither a whole number nor a share below 1"),
    (
        {"assignment": {"choose": "given", "places": ["fengdon"]}},
        "there is no new city fengdon; did you mean fengdong?",
    ),
    ({"assignment": {"choose": "all"}}, "all are reformed at once, which leaves no untreated place"),
    ({"assignment": {"after": [1]}}, "1 quarters are seen before the first start: at least 2 are needed"),
    ({"assignment": {"after": [16]}}, "quarter 16 is not before the horizon's end, 16"),
    ({"data": {"lengths": [9]}}, "9 quarters after the first start: from 1 to 8"),
    ({"data": {"every": "year", "lengths": [6]}}, "starts and lengths are whole ones (multiples of 4)"),
    ({"assignment": {"chose": "all"}}, "assignment.chose is not a setting; did you mean choose?"),
    (
        {"scenario": str(FOLDER / "civil_service.yaml")},
        "civil_service has no timeline, so there is no reform",
    ),
    ({"scenario": ""}, "scenario is missing"),
]


@pytest.mark.parametrize(("changes", "said"), WRONG, ids=[said[:40] for _, said in WRONG])
def test_wrong_evaluations_are_refused_before_anything_runs(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError) as refused:
        evaluation_plan(part(**changes))
    assert said in str(refused.value)


def test_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("scenario: four_systems\nassignment:\n  treated: [7]\n")
    with pytest.raises(UserError, match=r"wrong\.yaml:3:12: assignment\.treated: 7 of 5 new cities"):
        evaluation_plan(file)
    file.write_text("scenario: four_systems\n")
    with pytest.raises(UserError, match="is not an evaluation: it has no assignment"):
        evaluation_plan(file)
