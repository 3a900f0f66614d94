"""Numbers fitted to targets: known ones are found again, stopping changes nothing, and what is told is so."""

import contextlib
import math
import os
import platform
import sqlite3
from importlib import import_module

import numpy as np
import pandas
import pytest

import sim
from sim.core.errors import UserError
from sim.lab.estimates.effects import window_means
from sim.lab.results.calibration import Calibration
from tests.lab.results.beside import without_text

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

MODULE = import_module("sim.lab.questions.calibrate")
QUITS, RESPONSE = "behaviour.quits.base_established", "behaviour.effort.response"
TRUTH = {QUITS: 0.05, RESPONSE: 0.7}
PAID = {"regime.floating_pay.kind": "three_part", "horizon.quarters": 6}


@pytest.fixture(scope="module")
def base(small):
    """Some 70 people, paid by results from the founding on, for six quarters."""
    return small("civil_service").with_(**PAID)


def means(run, *names):
    """Window means by replication over quarters 1 to 6."""
    return window_means(run.area, names, (1, 6))


@pytest.fixture(scope="module")
def given(base):
    """Targets that the truth brings about, from runs with the same luck."""
    found = means(sim.run(base.with_(**TRUTH), replications=8), "effort", "resignations")
    return {
        "name": "known",
        "scenario": base,
        "replications": 8,
        "free": {QUITS: {"low": 0.002, "high": 0.3, "log": True}, RESPONSE: {}},
        "targets": [
            {"outcome": "effort", "value": found["effort"].mean(), "error": 0.003},
            {
                "outcome": "resignations",
                "value": found["resignations"].mean(),
                "error": {"value": 0.5, "source": "data P15"},
                "source": "data P15",
            },
        ],
    }


@pytest.fixture(scope="module")
def made(given, tmp_path_factory):
    return sim.calibrate(given, trials=45, out=tmp_path_factory.mktemp("results"))


def same(one, other):
    for name in ("fit", "trials", "obtained", "ranges"):
        pandas.testing.assert_frame_equal(
            getattr(one, name), getattr(other, name), check_exact=True, obj=name
        )


def test_known_numbers_are_found_again(made):
    """Within 1.5 errors of their targets, as far as these tell the numbers.

    Effort rises by some .066 a unit of response here (.051 at 1, .031 at .7): an error of .003 is .045 of response. The
    error of resignations, .5, and theirs over eight replications, about .4, make .64 of 5.6, or 11 %.
    """
    assert made.best[RESPONSE] == pytest.approx(TRUTH[RESPONSE], abs=0.07)
    assert abs(math.log(made.best[QUITS] / TRUTH[QUITS])) < math.log(1.2)
    assert made.loss < 2
    assert made.trials["loss"][0] > 50, "the scenario as it is is far off"
    assert (made.fit["off"].abs() < 1.5).all()


def test_the_search_learns(made):
    """Trials after the random ones are nearer than these: the medians of 34 and of 11 differ by half."""
    losses = made.trials["loss"].to_numpy()
    assert np.median(losses[11:]) < np.median(losses[:11]) / 2


def test_a_trial_is_the_run_with_these_numbers(made, base, given):
    """Obtained, its error and the loss, computed from a run of the best point."""
    found = means(sim.run(base.with_(**made.best), replications=8), "effort", "resignations")
    columns = [found["effort"], found["resignations"]]
    wanted = [target["value"] for target in given["targets"]]
    for row, values in zip(made.fit.to_dict("records"), columns, strict=True):
        assert row["obtained"] == pytest.approx(values.mean(), rel=1e-12)
        assert row["replication_error"] == pytest.approx(values.std() / math.sqrt(8), rel=1e-12)
    parts = [
        (values.mean() - value) ** 2 / (error**2 + values.var() / 8)
        for values, value, error in zip(columns, wanted, (0.003, 0.5), strict=True)
    ]
    assert made.loss == pytest.approx(sum(parts), rel=1e-9)
    assert made.fit["share"].tolist() == pytest.approx([part / sum(parts) for part in parts])


def test_the_first_trial_is_the_scenario_as_it_is(made, base):
    first = made.trials.iloc[0]
    assert (first[QUITS], first[RESPONSE]) == (0.002, 1.0)
    as_it_is = means(sim.run(base, replications=8), "effort")["effort"].mean()
    assert made.fit["start_obtained"][0] == pytest.approx(as_it_is, rel=1e-12)


def test_near_trials_are_those_below_the_threshold(made):
    """3.841 is the 95 % point of a chi-square with one degree of freedom, from a table."""
    close = made.trials[made.trials["loss"] <= made.trials["loss"].min() + 3.841459]
    for row in made.ranges.to_dict("records"):
        assert row["near"] == len(close)
        assert (row["near_low"], row["near_high"]) == (
            close[row["parameter"]].min(),
            close[row["parameter"]].max(),
        )
        assert row["near_low"] <= row["best"] <= row["near_high"]
    quits, response = made.ranges.to_dict("records")
    assert quits["span"] == pytest.approx(math.log(quits["near_high"] / quits["near_low"]) / math.log(150))
    assert response["span"] == pytest.approx(response["near_high"] - response["near_low"])


class Stopped(BaseException):
    """As a Ctrl-C is."""


def stop_after(amount):
    def tell(done, total):
        if done > amount:
            raise Stopped

    return tell


def test_a_search_that_was_stopped_goes_on_as_if_it_had_not_been(given, tmp_path):
    """Stopped twice, in the middle of a trial: the same trials, the same result; nothing is run twice."""
    trials, a_trial = 16, 8 * 6
    whole = sim.calibrate(given, trials=trials)
    assert len(whole.trials) == trials
    for stop in (3.5, 12.5):
        with pytest.raises(Stopped):
            sim.calibrate(
                given, trials=trials, out=tmp_path, resume=True, progress=stop_after(stop * a_trial)
            )
    [unfinished] = tmp_path.iterdir()
    assert unfinished.name.startswith(".unfinished-")
    assert {path.name for path in unfinished.iterdir()} == {"trials.sqlite"}
    heard = []
    resumed = sim.calibrate(
        given,
        trials=trials,
        out=tmp_path,
        resume=True,
        progress=lambda done, total: heard.append((done, total)),
    )
    same(resumed, whole)
    assert heard[0][0] > 12 * a_trial
    assert heard[-1] == (trials * a_trial, trials * a_trial)
    assert [path.name for path in tmp_path.iterdir()] == [resumed.folder.name]
    assert resumed.manifest["hash"] == whole.manifest["hash"]


def test_more_trials_begin_with_the_same_ones(made, given):
    fewer = sim.calibrate(given, trials=13)
    pandas.testing.assert_frame_equal(fewer.trials, made.trials.head(13), check_exact=True)
    assert fewer.manifest["hash"] != made.manifest["hash"]


def test_another_seed_is_another_search(given):
    one, other = (sim.calibrate(given, trials=3, seed=seed) for seed in (1, 2))
    assert one.manifest["seed"] == 1
    assert not (one.trials[RESPONSE][1:] == other.trials[RESPONSE][1:]).any()


def test_what_was_stopped_is_not_forgotten_silently(given, tmp_path):
    with pytest.raises(Stopped):
        sim.calibrate(given, trials=4, out=tmp_path, progress=stop_after(2.5 * 48))
    with pytest.raises(UserError, match="stopped after 2 of 4 trials: --resume goes on with it, --again"):
        sim.calibrate(given, trials=4, out=tmp_path, progress=lambda *_: pytest.fail("it ran"))
    found = sim.calibrate(given, trials=2, out=tmp_path, again=True)
    assert len(list(tmp_path.iterdir())) == 1
    with sqlite3.connect(found.folder / "trials.sqlite") as database:
        assert database.execute("select count(*) from trials").fetchone() == (2,)


def test_workers_change_nothing(given):
    same(sim.calibrate(given, trials=2, workers=2), sim.calibrate(given, trials=2))


def test_it_is_stored_and_found_again(made, given):
    opened = sim.open(made.folder)
    assert isinstance(opened, Calibration)
    again = sim.calibrate(given, trials=45, out=made.folder.parent, progress=lambda *_: pytest.fail("it ran"))
    assert again.reused
    for other in (opened, again):
        same(other, made)
        assert other.report() == made.report()
        assert other.best == made.best
    files = {path.name for path in made.folder.iterdir()}
    assert files >= {
        "report.md",
        "report.html",
        "fit.csv",
        "trials.csv",
        "ranges.csv",
        "trials.sqlite",
        "figures",
    }
    assert "owner.lock" not in files
    assert without_text(made.folder) == set()
    asked = sim.query("select min(loss) as loss from trials where state = 'complete'", made.folder)
    assert asked["loss"][0] == made.loss


def test_what_it_says(made):
    told = made.report()
    for words in (
        "2 numbers of `civil_service` moved in 45 trials to meet 2 targets",
        "2 numbers moved for 2 targets: the targets chose the numbers, so meeting them is no evidence",
        "at least as many numbers as targets",
        "The error of 1 target is assumed. The value of 1 target is assumed as well.",
        f"`--set {QUITS}={made.best[QUITS]!r} --set {RESPONSE}={made.best[RESPONSE]!r}`",
        "± 0.00300 (assumed)",
        "data P15",
    ):
        assert words in told, words
    assert "± 0.00500 (assumed)" not in told
    chinese = made.report("zh")
    assert chinese.startswith("# ")
    assert "并不证明模型正确" in chinese
    assert " moved " not in chinese
    assert len(made.figure().axes) == 2
    assert "2 numbers of civil_service moved" in str(made)


def test_what_targets_do_not_see_is_called_not_pinned_down(given):
    """Pay within ranks moves neither effort's target nor anybody's resignation here: any value will do."""
    blind = {
        **given,
        "free": {"behaviour.morale.reference_speed": {"low": 0.0, "high": 1.0}},
        "targets": [{"outcome": "posts", "value": 77.0, "error": 1000.0}],
    }
    found = sim.calibrate(blind, trials=14)
    [row] = found.ranges.to_dict("records")
    assert row["near"] == 14
    assert row["span"] > 0.6
    assert "no: near trials span" in found.report()


# --- baselines and differences


@pytest.fixture(scope="module")
def pair(small):
    return {
        "name": "pair",
        "scenario": small("four_systems", horizon__quarters=12),
        "baseline": small("civil_service", horizon__quarters=12),
        "replications": 3,
        "window": (9, 12),
        "targets": [
            {"outcome": "effort", "of": "difference", "value": 0.1, "error": 0.01},
            {"outcome": "effort", "of": "baseline", "value": 0.0, "error": 0.01, "window": [5, 12]},
            {"outcome": "flagged", "value": 1, "error": 1},
        ],
    }


def test_a_difference_is_the_paired_one_and_the_baseline_moves_with_the_world_only(pair):
    share = "regime.floating_pay.floating_share"
    found = sim.calibrate(
        {**pair, "free": {share: {"low": 0.1, "high": 0.5}, RESPONSE: {"low": 0.2}}}, trials=3
    )
    point = found.trials.iloc[2]
    base = pair["baseline"].with_(**{RESPONSE: point[RESPONSE]})
    policy = pair["scenario"].with_(**{RESPONSE: point[RESPONSE], share: point[share]})
    asked = {"replications": 3, "seed": 1, "outcomes": ["effort", "flagged"]}
    compared = sim.compare([base, policy], window=(9, 12), **asked)
    effects, levels = (
        compared.effects.set_index("outcome"),
        compared.levels.set_index(["outcome", "scenario"]),
    )
    early = sim.compare([base, policy], window=(5, 12), **asked).levels.set_index(["outcome", "scenario"])
    rows = found.obtained[found.obtained["trial"] == 2].set_index("target")["obtained"]
    assert rows[1] == pytest.approx(effects.loc["effort", "difference"], rel=1e-9)
    assert rows[2] == pytest.approx(early.loc[("effort", "civil_service"), "mean"], rel=1e-9)
    assert rows[3] == pytest.approx(levels.loc[("flagged", "four_systems"), "mean"], rel=1e-9)
    half = effects.loc["effort", "high"] - effects.loc["effort", "difference"]
    error = found.obtained[found.obtained["trial"] == 2]["replication_error"].iloc[0]
    assert error == pytest.approx(half / 4.302653, rel=1e-5), "Student's t, two degrees of freedom"
    assert found.manifest["free"][0]["shared"] is False
    assert f"Moved in the baseline as well: `{RESPONSE}`" in found.report()


def test_a_baseline_in_which_nothing_moves_is_run_once(pair):
    heard = []
    free = {"regime.adjustment.enforcement": {"low": 0.1, "high": 1.0}}
    asked = {**pair, "free": free}
    found = sim.calibrate(asked, trials=3, progress=lambda done, total: heard.append(done))
    wide = found.obtained.pivot(index="trial", columns="target", values="obtained")
    assert wide[2].nunique() == 1
    assert len(heard) == 12 * 3 * 1 + 12, "a call a quarter: three runs of the scenario, one of the baseline"


# --- what goes wrong


def test_a_failing_trial_is_recorded_and_the_search_goes_on(given):
    """Two shares of departments that may not exceed 1 together."""
    shares = ("structure.area_level.economic_share", "structure.area_level.social_share")
    asked = {
        **given,
        "free": {name: {"low": 0.1, "high": 1.0} for name in shares},
        "targets": [{"outcome": "effort", "value": 0.05, "error": 0.01}],
    }
    found = sim.calibrate(asked, trials=12)
    failed = found.failures
    assert 0 < len(failed) < 12
    assert (failed[list(shares)].sum(axis=1) > 1).all()
    assert (found.trials[found.trials["state"] == "complete"][list(shares)].sum(axis=1) <= 1).all()
    assert failed["message"].str.contains("together they may not exceed 1").all()
    assert failed["loss"].isna().all()
    assert "failed and say nothing about the numbers" in found.report()


def test_a_fault_inside_a_trial_is_recorded(given, monkeypatch):
    honest, calls = MODULE.simulate_all, []

    def faulty(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise ZeroDivisionError("by the third person")
        return honest(*arguments)

    monkeypatch.setattr(MODULE, "simulate_all", faulty)
    found = sim.calibrate(given, trials=4)
    assert found.trials["state"].tolist() == ["complete", "failed", "complete", "complete"]
    assert found.trials["message"][1] == "ZeroDivisionError: by the third person"


def test_the_machines_troubles_stop_the_search_and_are_no_trial(given, monkeypatch, tmp_path):
    honest = MODULE.simulate_all
    monkeypatch.setattr(MODULE, "simulate_all", lambda *_: (_ for _ in ()).throw(ChildProcessError("died")))
    with pytest.raises(ChildProcessError):
        sim.calibrate(given, trials=2, out=tmp_path)
    monkeypatch.setattr(MODULE, "simulate_all", honest)
    found = sim.calibrate(given, trials=2, out=tmp_path, resume=True)
    assert (found.trials["state"] == "complete").all()


def test_an_outcome_without_a_value_fails_every_trial(given):
    """Nobody is ever in the reservoir, so nobody's stay there has a length."""
    asked = {**given, "targets": [{"outcome": "reservoir_stay", "value": 1, "error": 1}]}
    with pytest.raises(
        UserError, match="none of 2 trials succeeded; the first: reservoir_stay of scenario has no"
    ):
        sim.calibrate(asked, trials=2)


def test_two_processes_do_not_search_in_one_folder(given, tmp_path):
    with pytest.raises(Stopped):
        sim.calibrate(given, trials=2, out=tmp_path, progress=stop_after(1.5 * 48))
    [unfinished] = tmp_path.iterdir()
    (unfinished / "owner.lock").write_text(f"{os.getppid()}\n{platform.node()}\n")
    with pytest.raises(UserError, match=f"process {os.getppid()} works on"):
        sim.calibrate(given, trials=2, out=tmp_path, resume=True)
    for options in ({}, {"again": True}):
        with pytest.raises(UserError, match="works on"):
            sim.calibrate(given, trials=2, out=tmp_path, **options)
    assert (unfinished / "trials.sqlite").is_file()


def test_a_database_that_is_none(given, tmp_path):
    with pytest.raises(Stopped):
        sim.calibrate(given, trials=2, out=tmp_path, progress=stop_after(1.5 * 48))
    [unfinished] = tmp_path.iterdir()
    (unfinished / "trials.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(UserError, match=r"trials\.sqlite cannot be read: .*--again starts anew"):
        sim.calibrate(given, trials=2, out=tmp_path, resume=True)


@pytest.mark.parametrize(
    "change",
    [
        "update trial_params set param_value = param_value + 1e-9",
        "update trial_values set value = value * 2",
        "update trial_user_attributes set value_json = '[0.5]' where key = 'obtained'",
        "delete from trial_user_attributes where key = 'checksum'",
    ],
)
def test_trials_that_are_not_what_was_written_are_refused(given, tmp_path, change):
    with pytest.raises(Stopped):
        sim.calibrate(given, trials=2, out=tmp_path, progress=stop_after(1.5 * 48))
    [unfinished] = tmp_path.iterdir()
    with contextlib.closing(sqlite3.connect(unfinished / "trials.sqlite")) as database, database:
        assert database.execute(change).rowcount > 0
    with pytest.raises(UserError, match=r"trials\.sqlite cannot be read: .*--again starts anew"):
        sim.calibrate(given, trials=2, out=tmp_path, resume=True)


def test_wrong_options(given):
    for options, message in (
        ({"trials": 0}, "trials = 0"),
        ({"workers": 0}, "workers = 0"),
        ({"seed": -1}, "seed = -1"),
    ):
        with pytest.raises(UserError, match=message):
            sim.calibrate(given, **options)
