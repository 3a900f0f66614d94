"""Studies: the same tables however they are run, and the effects of the very runs that `compare` makes."""

import shutil
from types import SimpleNamespace

import numpy as np
import pandas
import pytest
from scipy import stats

import sim
from sim.core.errors import UserError
from sim.lab.designs.mixtures import check_same_place
from sim.lab.designs.plan import read_plan
from sim.lab.designs.study_file import Sequential
from sim.lab.designs.study_part import StudyPart, part_of
from sim.lab.estimates.intervals import mean_interval
from sim.lab.estimates.study_effects import all_effects
from sim.lab.jobs.rounds import missing
from sim.lab.questions.studies import merge, study
from tests.lab.small_study import BASIC, OUTCOMES, assert_same_tables, study_file
from tests.model.small import FOLDER, SMALL

pytestmark = pytest.mark.usefixtures("undrawn_throughout")


@pytest.fixture(scope="module")
def reference(tmp_path_factory, undrawn_throughout):
    """The small study, run here."""
    folder = tmp_path_factory.mktemp("reference")
    study(study_file(folder), out=folder)
    return folder / "study-tiny"


def test_every_run_is_there_once(reference):
    found = sim.open(reference)
    keys = found.runs[["point", "scenario", "replication"]]
    assert len(keys.drop_duplicates()) == len(keys) == 6 * 2 * 3
    assert list(found.runs.columns) == ["point", "scenario", "replication", *OUTCOMES]
    assert found.points["behaviour.quits.base_contract"].tolist() == pytest.approx([0.01, 0.105, 0.2] * 2)
    assert found.points["regime.floating_pay.floating_share"].tolist() == [0.1] * 3 + [0.4] * 3
    assert found.failures.empty


def test_effects_are_those_of_compare(reference):
    effects = all_effects(sim.open(reference)).set_index(["point", "outcome"])
    settings = SMALL | {"horizon.quarters": 12, "seed": 1, "behaviour.quits.base_contract": 0.2}
    pair = [
        sim.load(FOLDER / "civil_service.yaml", set=settings),
        sim.load(FOLDER / "four_systems.yaml", set=settings | {"regime.floating_pay.floating_share": 0.4}),
    ]
    expected = sim.compare(pair, replications=3, outcomes=OUTCOMES).effects.set_index("outcome")
    for outcome in OUTCOMES:
        for column in ("difference", "low", "high"):
            assert effects.loc[(5, outcome), column] == expected.loc[outcome, column]


def test_levers_leave_the_baseline_alone(reference):
    runs = sim.open(reference).runs
    base = runs[runs.scenario == "civil_service"].pivot(
        index="point", columns="replication", values="output_per_post"
    )
    assert (base.loc[0] == base.loc[3]).all()  # they differ in the lever only
    policy = runs[runs.scenario == "four_systems"].pivot(
        index="point", columns="replication", values="output_per_post"
    )
    assert (policy.loc[0] != policy.loc[3]).all()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["two workers", "shares", "a local cluster"])
def test_tables_do_not_depend_on_who_works(reference, tmp_path, how):
    path = study_file(tmp_path)
    if how == "two workers":
        study(path, out=tmp_path, workers=2)
    elif how == "a local cluster":
        study(path, out=tmp_path, workers=2, dask="local")
    else:
        parts = [study(path, out=tmp_path, shard=f"{number}/3").folder for number in (3, 1, 2)]
        merge(parts, out=tmp_path)
    assert_same_tables(tmp_path / "study-tiny", reference)


def test_tables_do_not_depend_on_the_size_of_tasks(reference, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.lab.designs.chunks.CHUNK", 1)
    study(study_file(tmp_path), out=tmp_path)
    assert_same_tables(tmp_path / "study-tiny", reference)


def test_what_is_asked_of_finished_runs_may_change(reference, tmp_path):
    """Conclusions and smallest effects of interest do not decide the runs, so nothing is simulated again."""
    shutil.copytree(reference, tmp_path / "study-tiny")
    told = {
        "question": "Which way?",
        "smallest_effects": {"ability": 0.5},
        "headlines": ["four_systems:ability>0"],
    }
    found = study(study_file(tmp_path, **told), out=tmp_path)
    assert found.reused
    assert_same_tables(tmp_path / "study-tiny", reference)
    for manifest in (found.manifest, sim.open(tmp_path / "study-tiny").manifest):
        assert manifest["question"] == "Which way?"
        assert manifest["sesoi"] == {"ability": 0.5}
        assert manifest["headlines"] == ["four_systems:ability>0"]
    assert "Which way?" in (tmp_path / "study-tiny" / "report.md").read_text(encoding="utf-8")
    assert read_plan(tmp_path / "study-tiny").headlines == ("four_systems:ability>0",)


def test_a_whole_study_is_no_part(reference, tmp_path):
    with pytest.raises(UserError, match="a whole study, no part of one"):
        merge([reference], out=tmp_path)


def test_a_part_is_no_study(tmp_path):
    path = study_file(tmp_path)
    part = study(path, out=tmp_path, shard="1/2").folder
    with pytest.raises(UserError, match=r"18 runs are missing, among them point 1, 3, 5: finish all parts"):
        merge([part], out=tmp_path)
    other = study(study_file(tmp_path, replications=2), out=tmp_path / "other", shard="2/2").folder
    with pytest.raises(
        UserError,
        match=r"are of different studies: replications.replications \(3 in the first, 2 in the other\)",
    ):
        merge([part, other], out=tmp_path)


@pytest.mark.parametrize("text", ["", "3", "0/0", "3/2", "a/b", "1/", "²/3", "1/" + "9" * 5000])
def test_a_part_is_written_as_i_of_n(text):
    with pytest.raises(UserError, match="write i/n with i from 1 to n"):
        part_of(text)


def test_an_array_that_counts_from_nought_has_the_same_parts():
    assert [part_of(f"{number}/3") for number in range(3)] == [
        StudyPart(3, 3),
        StudyPart(1, 3),
        StudyPart(2, 3),
    ]


def test_sequential_replications_stop_where_intervals_are_narrow(tmp_path):
    half_widths = {"ability": 0.02}
    rule = {"half_widths": half_widths, "least": 4, "step": 2, "most": 12}
    found = study(study_file(tmp_path, replications=rule), workers=2)
    counts = found.runs.groupby(["point", "scenario"]).size().unstack()
    assert (counts["civil_service"] == counts["four_systems"]).all()
    assert set(counts["civil_service"]) <= {4, 6, 8, 10, 12}
    assert counts["civil_service"].nunique() > 1  # otherwise this test shows nothing
    effects = all_effects(found).query("outcome == 'ability'").set_index("point")
    half = (effects.high - effects.low) / 2
    count = effects.replications
    assert (half[count < 12] <= 0.02).all()
    for point in count.index[count > 4]:  # one look earlier it was not narrow yet
        earlier = found.paired("ability").query("point == @point")["effect"].head(count[point] - 2)
        quantile = stats.t.ppf(0.975, len(earlier) - 1)
        assert quantile * earlier.std() / np.sqrt(len(earlier)) > 0.02


def coverage_of_stopping(rule, studies):
    """How often the interval of normal differences holds 0 once the rule says that it is narrow enough."""
    plan = SimpleNamespace(rule=rule, simulated=["old", "new"], baseline="old")
    random, held = np.random.default_rng(1), 0
    for _ in range(studies):
        effect = random.normal(size=rule.most)
        keys = {"point": 0, "replication": np.arange(rule.most), "error": None}
        rows = pandas.concat(
            [
                pandas.DataFrame({**keys, "scenario": "old", "ability": 0.0}),
                pandas.DataFrame({**keys, "scenario": "new", "ability": effect}),
            ]
        )
        done = 0
        while wanted := missing(plan, rows[rows["replication"] < done], range(1)):
            done = 1 + max(number for _, _, number in wanted)
        assert done <= rule.most
        found = mean_interval(effect[:done, None])
        held += int(found.low[0] < 0 < found.high[0])
    return held / studies


def test_stopping_where_intervals_are_narrow_costs_little_with_ten_at_the_first_look():
    """An independent reckoning of 20,000 such rules in numpy alone gives .942; standard error .015 with 240."""
    rule = Sequential(half_widths={"ability": 0.4}, least=10, step=10, most=100)
    assert 0.89 < coverage_of_stopping(rule, 240) < 0.99


def test_a_first_look_at_few_replications_is_a_warning(tmp_path):
    rule = {"half_widths": {"ability": 1.0}, "least": 2, "step": 2, "most": 4}
    assert "nine times in ten" in " ".join(study(study_file(tmp_path, replications=rule)).warnings)
    assert study(study_file(tmp_path, replications=2)).warnings == ()


def test_sequential_replications_are_the_first_of_a_fixed_number(tmp_path):
    rule = {"half_widths": {"ability": 1.0}, "least": 2, "step": 2, "most": 6}
    few = study(study_file(tmp_path, replications=rule)).runs
    many = study(study_file(tmp_path, replications=4)).runs
    assert (few.groupby(["point", "scenario"]).size() == 2).all()
    pandas.testing.assert_frame_equal(
        few, many[many.replication < 2].reset_index(drop=True), check_exact=True
    )


def test_coalitions_mix_the_parts(tmp_path):
    path = study_file(
        tmp_path, levers=None, uncertainties=None, design={"kind": "coalitions"}, replications=1, name="mixed"
    )
    found = study(path, workers=2)
    assert len(found.points) == 256
    names = [factor.name for factor in found.factors]
    taken = found.points[names].to_numpy()
    assert not taken[0].any()
    assert taken[-1].all()
    runs = found.runs.set_index("point")["output_per_post"]
    settings = SMALL | {"horizon.quarters": 12, "seed": 1, "replications": 1}
    for point, name in ((0, "civil_service"), (255, "four_systems")):
        alone = sim.run(sim.load(FOLDER / f"{name}.yaml", set=settings)).area
        inside = alone[alone.quarter.between(5, 12)]
        assert runs[point] == inside.groupby("replication")["output_per_post"].mean()[0]
    assert runs.nunique() > 100


def test_designs_have_the_points_they_say(tmp_path):
    from sim.lab.designs.plan import plan_of

    sizes = {
        "sobol": ({"base": 8}, 8 * 4),
        "morris": ({"trajectories": 5}, 5 * 3),
        "latin_hypercube": ({"points": 9}, 9),
        "factorial": ({}, 4),
    }
    for kind, (more, count) in sizes.items():
        plan = plan_of(study_file(tmp_path, design={"kind": kind, **more}))
        assert len(plan.points) == count
        assert plan.units.shape == (count, 2)
        shares = [point[0] for point in plan.points]
        assert set(shares) == {0.1, 0.4}
        quits = np.array([point[1] for point in plan.points])
        assert ((quits >= 0.01) & (quits <= 0.2)).all()
    hypercube = plan_of(study_file(tmp_path, design={"kind": "latin_hypercube", "points": 9}))
    strata = np.sort(np.floor((np.array([point[1] for point in hypercube.points]) - 0.01) / 0.19 * 9))
    assert strata.tolist() == list(range(9))


def test_a_range_is_by_default_the_parameters_own(tmp_path):
    from sim.lab.designs.plan import plan_of

    keys = {"behaviour.quits.base_contract": None, "behaviour.quits.pay_gap": None}
    plan = plan_of(study_file(tmp_path, uncertainties=keys))
    contract, gap = plan.factors[1:]
    assert (contract.low, contract.high) == pytest.approx((0.001, 0.999))  # open bounds are left out
    assert (gap.low, gap.high) == (0.0, 10.0)


def test_logarithmic_and_whole_ranges(tmp_path):
    from sim.lab.designs.plan import plan_of

    keys = {
        "behaviour.quits.base_contract": {"low": 0.01, "high": 0.16, "scale": "log"},
        "behaviour.hiring.vacancy_quarters": {"low": 1, "high": 4},
    }
    plan = plan_of(study_file(tmp_path, levers=None, uncertainties=keys, design={"kind": "grid", "steps": 5}))
    assert sorted({point[0] for point in plan.points}) == pytest.approx([0.01, 0.02, 0.04, 0.08, 0.16])
    hypercube = {"kind": "latin_hypercube", "points": 40}
    plan = plan_of(study_file(tmp_path, levers=None, uncertainties=keys, design=hypercube))
    quarters = [point[1] for point in plan.points]
    assert [quarters.count(number) for number in (1, 2, 3, 4)] == [10] * 4


MISTAKES = {
    "a lever that names no key": (
        {"levers": {"regime.floating_pay.floating_shar": [0.1, 0.2]}},
        (
            r"regime.floating_pay.floating_shar names no parameter of four_systems; did you mean "
            r"regime.floating_pay.floating_share\?"
        ),
    ),
    "an assumption that only one scenario has": (
        {"uncertainties": {"regime.floating_pay.floating_share": [0.1, 0.2]}, "levers": None},
        r"names no parameter of civil_service; four_systems has it: add only: \[four_systems\]",
    ),
    "an empty range": (
        {"uncertainties": {"behaviour.quits.pay_gap": {"low": 2, "high": 1}}},
        r"the range from 2 to 1 is empty: low must be below high",
    ),
    "a range beyond the bounds": (
        {"uncertainties": {"behaviour.quits.pay_gap": {"high": 11}}},
        r"high = 11 is outside the parameter's bounds \(0 to 10\)",
    ),
    "a single value": (
        {"levers": {"regime.floating_pay.floating_share": [0.1]}},
        r"one value is no variation; list at least two",
    ),
    "an empty list of values": (
        {"levers": {"regime.floating_pay.floating_share": []}},
        r"levers.regime.floating_pay.floating_share: the list of values is empty",
    ),
    "a value listed twice": (
        {"levers": {"regime.floating_pay.floating_share": [0.1, 0.2, 0.1]}},
        r"levers.regime.floating_pay.floating_share: 0.1 is listed twice",
    ),
    "values and a range": (
        {"uncertainties": {"behaviour.quits.pay_gap": {"low": 1, "values": [1, 2]}}},
        r"values and low exclude each other",
    ),
    "times and a range": (
        {"uncertainties": {"behaviour.quits.pay_gap": {"times": 2, "high": 2}}},
        r"times and high exclude each other",
    ),
    "no scenarios": ({"scenarios": None}, r"scenarios is missing: list at least one scenario file"),
    "settings for all that are none": ({"set": 4}, r"set = 4 is not settings \(key: value\)"),
    "a smallest effect below 0": (
        {"smallest_effects": {"ability": -0.1}},
        r"smallest_effects.ability = -0.1 is not above 0",
    ),
    "fewer replications at most than at least": (
        {"replications": {"half_widths": {"ability": 0.1}, "least": 20, "most": 10}},
        r"replications.least = 20 is above most = 10",
    ),
    "an unknown outcome": (
        {"outcomes": ["output_per_pots"]},
        r"there is no outcome output_per_pots; did you mean output_per_post\?",
    ),
    "a headline that is none": (
        {"headlines": ["output up"]},
        r"headline 'output up': write scenario:outcome>0 or scenario:outcome<0",
    ),
    "a headline on the baseline": (
        {"headlines": ["civil_service:ability>0"]},
        r"headlines: civil_service is not compared with the baseline",
    ),
    "a headline on an unknown outcome": (
        {"headlines": ["four_systems:abilityy>0"]},
        r"headlines: there is no outcome abilityy; did you mean ability\?",
    ),
    "a headline on an outcome that is not kept": (
        {"outcomes": ["morale"], "headlines": ["four_systems:ability>0"]},
        r"headlines: ability is not among the study's outcomes",
    ),
    "an unknown design": (
        {"design": {"kind": "sobolt"}},
        r"design.kind = \"sobolt\" is unknown; did you mean sobol\?",
    ),
    "a base that is no power of two": (
        {"design": {"kind": "sobol", "base": 12}},
        r"design.base = 12 is not a power of 2",
    ),
    "nothing to vary": (
        {"levers": None, "uncertainties": None},
        r"a grid needs levers or uncertainties to vary",
    ),
    "coalitions with factors": (
        {"design": {"kind": "coalitions"}},
        r"coalitions vary the regime's parts only",
    ),
    "a listed point that lacks a factor": (
        {"design": {"kind": "list", "points": [{"behaviour.quits.base_contract": 0.1}]}},
        r"a point lacks regime.floating_pay.floating_share",
    ),
    "an unknown key": ({"replication": 3}, r"replication is not a setting; did you mean replications\?"),
    "points that are wrong": (
        {"levers": {"regime.floating_pay.floating_share": [0.1, 7]}},
        r"point 3 and 2 more: regime.floating_pay.floating_share = 7 is above the largest allowed value",
    ),
    "a design too large for the disk": (
        {"design": {"kind": "latin_hypercube", "points": 200_000}, "replications": 100_000},
        r"the design needs up to .* are free",
    ),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_mistakes_are_told_before_anything_runs(tmp_path, what):
    changes, message = MISTAKES[what]
    with pytest.raises(UserError, match=message):
        study(study_file(tmp_path, **changes), out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_mistake_in_common_settings_is_told_once_where_it_is_written(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(
        f"scenarios: {BASIC['scenarios']}\n"
        "set: {structure.department_size.meen: 12}\n"
        "uncertainties: {behaviour.quits.base_contract: [0.1, 0.2]}\n"
        "design: {kind: grid}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError) as told:
        study(path)
    [line] = str(told.value).splitlines()
    assert line.endswith(
        "wrong.yaml:2:7: structure.department_size.meen is not a setting; did you mean mean?"
    )
    assert line.count("wrong.yaml") == 1


def test_a_part_without_points_is_refused(tmp_path):
    with pytest.raises(UserError, match=r"--shard 7/7: nothing is left for it, the design has 6 points"):
        study(study_file(tmp_path), out=tmp_path / "out", shard="7/7")
    assert not (tmp_path / "out").exists()


def test_again_starts_afresh_and_keeps_nothing_of_the_old(tmp_path):
    first = study(study_file(tmp_path), out=tmp_path)
    (first.folder / "sensitivity").mkdir()
    again = study(study_file(tmp_path, replications=2), out=tmp_path, again=True)
    assert not again.reused
    assert set(again.runs["replication"]) == {0, 1}
    assert not (first.folder / "sensitivity").exists()
    assert not (first.folder / "owner.lock").exists()


def test_all_mistakes_are_told_at_once_with_line_and_column(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(
        f"scenarios: {BASIC['scenarios']}\n"
        "baseline: civil\n"
        "uncertainties:\n"
        "  behaviour.quits.base_contract: {low: 0.2, high: 0.1}\n"
        "  behaviour.quits.nothing: [1, 2]\n"
        "design: {kind: grid, steps: 1}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError) as told:
        study(path)
    places = [line.split(": ")[0].rsplit("wrong.yaml:")[-1] for line in str(told.value).splitlines()]
    assert places == ["2:11", "4:34", "5:3", "5:3", "6:29"]


@pytest.mark.parametrize(
    ("window", "message"),
    [
        ("[9, 99]", "window = 9-99: must be two quarters in order, at most 40 (the horizon)"),
        ("[16, 9]", "window = 16-9: is reversed; the first quarter comes first, as in 9-16"),
        ("[]", "window = []: write the first and the last quarter, as in [9, 16]"),
        ("9:16", 'window = "9:16": write the first and the last quarter, as in [9, 16]'),
    ],
)
def test_a_window_that_is_none_is_told_with_line_and_column(tmp_path, window, message):
    path = tmp_path / "wrong.yaml"
    text = f"scenarios: {BASIC['scenarios']}\nwindow: {window}\nlevers:\n  regime.posts.kind: [open, fixed]\n"
    path.write_text(text + "design: {kind: grid}\n", encoding="utf-8")
    with pytest.raises(UserError) as told:
        study(path)
    assert str(told.value).endswith(f"wrong.yaml:2:9: {message}")


def test_a_study_says_which_scenario_its_window_says_nothing_about(tmp_path):
    changes = {"levers": None, "replications": 1, "outcomes": ["morale"], "window": [1, 8]}
    [said] = [one for one in study(study_file(tmp_path, **changes)).warnings if "headline" in one]
    assert said.startswith(
        "No headline: over quarters 1–8 (2020Q1–2021Q4) the rules of four_systems and civil_service"
    )


def test_no_scheduler_is_told_before_anything_runs(tmp_path):
    with pytest.raises(UserError, match=r"no scheduler answers within 10 s"):
        study(study_file(tmp_path), out=tmp_path / "out", dask="tcp://127.0.0.1:9")
    assert not (tmp_path / "out").exists()


def test_what_is_no_address_is_told(tmp_path):
    pytest.importorskip("distributed")
    with pytest.raises(UserError, match=r"--dask nowhere: is no address of a scheduler .*tcp://host:8786"):
        study(study_file(tmp_path), out=tmp_path / "out", dask="nowhere")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("quarter", "said"), [(4, "differ in structure from quarter 5 on"), (8, "")])
def test_parts_are_of_regimes_that_share_their_structure_at_all_times(tmp_path, quarter, said):
    """Both end with seven departments more; a regime that has them four quarters before the other is no fair one."""
    change = {"structure": {"new_cities": {"departments": 7}}}
    old, new = (
        sim.load(
            {
                "name": f"later_{name}",
                "extends": str(FOLDER / f"{name}.yaml"),
                "timeline": [{"quarter": when, "set": change}],
            },
            allow=[FOLDER / f"{name}.yaml"],
        )
        for name, when in (("civil_service", 8), ("four_systems", quarter))
    )
    assert old.at(20).structure == new.at(20).structure
    found = check_same_place(old, new)
    assert ("; ".join(found).endswith(said)) if said else found == []
