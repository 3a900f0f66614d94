"""Levers by hand: what each does at each value, what two do together, and what is said of it first."""

import itertools
from dataclasses import replace

import numpy as np
import pandas
import pytest

from sim.lab.estimates.lever_effects import LeverEffects
from sim.lab.estimates.levers import Crossed
from sim.lab.figures.lever_figure import lever_figure
from sim.lab.reports.environment import sentences
from sim.lab.reports.lever_report import levers_told
from sim.lab.reports.study_report import lever_effects, study_report
from sim.lab.results.study import Factor, Study
from sim.lab.results.sweep import Sweep

A, B = "regime.floating_pay.floating_share", "regime.adjustment.enforcement"
LEVERS = {A: [0.2, 0.3, 0.4], B: [1.0, 0.5]}
REPLICATIONS = 5
LUCK = np.random.default_rng(1).normal(size=REPLICATIONS)
OWN = np.random.default_rng(2).normal(size=(6, REPLICATIONS))
TERM = {"output_per_post": {"label": "true output per post", "unit": "mean output", "good": 1}}


def known(a: int, b: int) -> float:
    """The first lever adds 1 and 3, the second −2, both together 0.5 more for each step of the first."""
    return (0.0, 1.0, 3.0)[a] - 2.0 * b + 0.5 * a * b


def values(noise: float = 0.0) -> np.ndarray:
    """Shape (points, outcomes, replications); luck is shared, noise is each point's own."""
    rows = [known(a, b) + 100 * LUCK for a, b in itertools.product(range(3), range(2))]
    return (np.array(rows) + noise * OWN)[:, np.newaxis, :]


def crossed(found: np.ndarray) -> Crossed:
    places = np.array(list(itertools.product(range(3), range(2))))
    return Crossed(LEVERS, places, ["output_per_post"], found)


def test_a_levers_effect_is_the_mean_of_paired_differences_to_its_first_value() -> None:
    rows = crossed(values()).lever_effects().set_index(["lever", "value"])
    assert rows.loc[A, "difference"].tolist() == pytest.approx([0, 1 + 0.25, 3 + 0.5])
    assert rows.loc[B, "difference"].tolist() == pytest.approx([0, -2 + 0.5])
    assert rows.loc[A, "points"].tolist() == [2, 2, 2]
    assert rows.loc[B, "points"].tolist() == [3, 3]
    assert rows["difference_low"].tolist() == pytest.approx(rows["difference"].tolist()), "luck is shared"
    assert rows.loc[(A, "0.2"), "mean"] == pytest.approx(-1 + 100 * LUCK.mean())


def test_its_interval_is_students_over_replications() -> None:
    from scipy import stats

    found = values(noise=0.3)
    row = crossed(found).lever_effects().set_index(["lever", "value"]).loc[(A, "0.4")]
    paired = ((found[4] - found[0] + found[5] - found[1]) / 2)[0]
    half = stats.t.ppf(0.975, REPLICATIONS - 1) * stats.sem(paired)
    assert row["difference"] == pytest.approx(paired.mean())
    assert row["difference_high"] - row["difference"] == pytest.approx(half)


def test_what_two_levers_do_together_is_what_their_sum_misses() -> None:
    rows = crossed(values()).interactions()
    assert rows[["value", "other_value"]].to_numpy().tolist() == [["0.3", "0.5"], ["0.4", "0.5"]]
    assert rows["difference"].tolist() == pytest.approx([0.5, 1.0])
    assert rows["difference_high"].tolist() == pytest.approx([0.5, 1.0])


def test_a_point_that_failed_takes_its_partners_along() -> None:
    found = values()
    found[4] = np.nan  # 0.4 with 1.0
    rows = crossed(found).lever_effects().set_index(["lever", "value"])
    assert rows.loc[(A, "0.4"), "difference"] == pytest.approx(3 + 1.0)
    assert rows.loc[(A, "0.4"), "points"] == 1
    assert rows.loc[(B, "0.5"), "points"] == 2
    assert crossed(found).interactions()["value"].tolist() == ["0.3"]


def sweep_of(found: np.ndarray) -> Sweep:
    runs = pandas.DataFrame(
        {
            "point": np.repeat(np.arange(6), REPLICATIONS),
            "replication": np.tile(np.arange(REPLICATIONS), 6),
            "output_per_post": found[:, 0].ravel(),
        }
    )
    settings = [dict(zip(LEVERS, one, strict=True)) for one in itertools.product(*LEVERS.values())]
    columns = ("mean", "low", "high", "difference", "difference_low", "difference_high")
    points = pandas.DataFrame(
        [
            {"point": number, **one, "outcome": "output_per_post", **dict.fromkeys(columns, 0.0)}
            for number, one in enumerate(settings)
        ]
    )
    manifest = {
        "name": "grid",
        "replications": REPLICATIONS,
        "window": [9, 16],
        "seed": 1,
        "outcomes": TERM,
        "vary": LEVERS,
        "points": 6,
    }
    return Sweep.from_frames({"points": points, "runs": runs}, manifest)


def test_a_sweeps_report_answers_its_question_first() -> None:
    report = study_report(sweep_of(values(noise=0.01))).markdown()
    said = report.splitlines()[2]
    assert said.startswith(
        f"**From 0.2 to 0.4 of `{A}`, true output per post changes by +3.50 mean output** (95 % interval +3.4"
    )
    assert "5 replications" in said
    assert "mean over 2 settings of the other levers" in said
    assert said.endswith("There is no baseline: effects are relative to the first value of each lever.")
    assert "figures/levers.png" in report
    exact = study_report(sweep_of(values())).markdown()
    assert f"| `{A}` 0.2 → 0.4 | `{B}` 1.0 → 0.5 | true output per post | mean output | +1.00 |" in exact


def test_a_sweeps_text_answers_too_in_both_languages() -> None:
    made = sweep_of(values())
    assert "true output per post changes by +3.50 mean output" in made.summary().replace("\n", " ")
    assert "变化 +3.50 平均产出" in made.summary("zh").replace("\n", "")


def test_a_lever_that_does_nothing_is_said_to() -> None:
    still = values() * 0 + LUCK
    assert (
        "true output per post does not change at all"
        in study_report(sweep_of(still)).markdown().splitlines()[2]
    )


def test_of_many_levers_those_are_told_that_move_most() -> None:
    """Six levers of two values each, the number-th adding its number; the first two move least."""
    places = np.array(list(itertools.product(range(2), repeat=6)))
    found = (places @ np.arange(1.0, 7.0))[:, np.newaxis, np.newaxis] + LUCK
    levers = {f"behaviour.x{number}": [0, 1] for number in range(1, 7)}
    many = Crossed(levers, places, ["output_per_post"], found)
    told = LeverEffects(many.lever_effects(), many.interactions(), TERM, ["output_per_post"], "grid", None)
    assert told.leading == [f"behaviour.x{number}" for number in (3, 4, 5, 6)]
    said = sentences("levers_answer", {"levers": [levers_told(told)]})
    assert said.count("**From ") == len(told.leading)
    assert said.index("**From ") < said.index("The other 2 levers move it less (table).")
    assert len(lever_figure(told, told.outcomes).axes) == 4
    assert len(told.interactions) == 15
    assert told.interactions["difference"].to_numpy() == pytest.approx(0, abs=1e-9)


def test_the_figure_has_a_panel_a_lever_and_every_value() -> None:
    told = lever_effects(sweep_of(values()))["levers"]
    figure = lever_figure(told, told.outcomes)
    assert [len(axes.get_xticks()) for axes in figure.axes] == [3, 2]
    assert [axes.get_xticklabels()[0].get_text() for axes in figure.axes] == ["0.2", "1.0"]


def study_of(design: str, baseline: str | None) -> Study:
    """A study of the same grid; the effect, or without a baseline the level, is known."""
    settings = list(itertools.product(*LEVERS.values()))
    points = pandas.DataFrame(settings, columns=list(LEVERS))
    points.insert(0, "point", range(6))
    keys = {
        "point": np.repeat(np.arange(6), REPLICATIONS),
        "replication": np.tile(np.arange(REPLICATIONS), 6),
    }
    base = np.tile(100 * LUCK, 6)
    frames = (
        []
        if baseline is None
        else [pandas.DataFrame({**keys, "scenario": baseline, "output_per_post": base})]
    )
    frames.append(pandas.DataFrame({**keys, "scenario": "reform", "output_per_post": values()[:, 0].ravel()}))
    manifest = {
        "name": "known",
        "question": "",
        "baseline": baseline,
        "scenarios": [*([baseline] if baseline else []), "reform"],
        "design": {"kind": design},
        "outcomes": TERM,
        "window": [33, 40],
        "seed": 1,
    }
    factors = tuple(Factor(name, "lever", values=tuple(given)) for name, given in LEVERS.items())
    failures = pandas.DataFrame(columns=["point", "scenario", "first", "stop", "stage", "error", "traceback"])
    return Study(points, np.full((6, 2), np.nan), pandas.concat(frames), failures, factors, manifest)


def test_a_study_with_a_baseline_tells_how_the_effect_changes() -> None:
    study = study_of("grid", "civil_service")
    said = study_report(study).markdown().splitlines()[2]
    assert said.startswith(
        f"**From 0.2 to 0.4 of `{A}`, the effect of `reform` on true output per post, compared with `civil service`, "
        "changes by +3.50 mean output** (95 % interval +3.50 to +3.50; from −1.00 to 2.50; 5 replications"
    )
    assert "no baseline" not in said
    assert study.levers.set_index(["lever", "value"]).loc[(A, "0.4"), "difference"] == pytest.approx(3.5)
    assert study.interactions["difference"].tolist() == pytest.approx([0.5, 1.0])
    assert "the effect of reform" not in study_report(study_of("grid", None)).markdown().splitlines()[2]


def test_two_scenarios_have_a_figure_each_and_say_once_what_they_are_told_against() -> None:
    study = study_of("grid", "civil_service")
    runs = study.runs
    both = pandas.concat([runs, runs[runs.scenario == "reform"].assign(scenario="other")])
    manifest = {**study.manifest, "scenarios": ["civil_service", "reform", "other"]}
    report = study_report(replace(study, runs=both, manifest=manifest)).markdown()
    assert report.count("figures/levers_reform.png") == report.count("figures/levers_other.png") == 1
    assert report.count("Changes are relative to the first value of each lever.") == 1


def test_a_design_that_crosses_nothing_tells_of_the_spread() -> None:
    study = study_of("latin_hypercube", "civil_service")
    assert study.levers.empty
    assert (
        study_report(study)
        .markdown()
        .splitlines()[2]
        .startswith(
            "**Over 6 points, the median effect of `reform` on true output per post, compared with "
            "`civil service`, is +0."
        )
    )


@pytest.mark.parametrize(("lang", "defined"), [("en", "mean output: 1 is what"), ("zh", "平均产出：1 指")])
def test_a_studys_text_says_what_its_units_are(lang: str, defined: str) -> None:
    """In Chinese too, where a unit stands in brackets of its own."""
    assert defined in study_of("grid", "civil_service").summary(lang)
