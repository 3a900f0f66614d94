"""One scenario at several settings, the baseline that the others extend, and what was changed from the files."""

import json
from pathlib import Path

import pytest

import sim
from sim.core.errors import UserError
from sim.lab.designs.plan import plan_of
from sim.lab.language.changed import change_lines
from sim.lab.questions.run import planned_manifest
from tests.lab.conftest import SCENARIOS, SMALL
from tests.lab.small_study import BASIC, study_file

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

SHARE = "regime.floating_pay.floating_share"
COST = "behaviour.effort.cost"
STRUCTURE = {
    "area_level": {"departments": 1},
    "new_cities": {"departments": 5},
    "department_size": {"mean": 7},
}
PLACE = {"structure": STRUCTURE, "horizon": {"quarters": 16}}


@pytest.fixture(scope="module")
def policy():
    """As its file says, so that nothing is changed but what a test changes."""
    given = {"name": "policy", "extends": str(SCENARIOS / "four_systems.yaml"), **PLACE}
    return sim.load(given)


@pytest.fixture(scope="module")
def varied(policy):
    return sim.compare(policy, replications=2, variants={"cheap": {SHARE: 0.2}, "dear": {SHARE: 0.5}})


def refused(*given, **options):
    with pytest.raises(UserError) as error:
        sim.compare(*given, **options)
    return str(error.value).splitlines()


def test_variants_are_compared_with_their_scenario(varied):
    assert varied.baseline == "policy"
    assert set(varied.effects["scenario"]) == {"cheap", "dear"}
    shares = {
        name: run.manifest["scenario"]["timeline"][0]["set"]["regime"]["floating_pay"]["floating_share"]
        for name, run in varied.tables.items()
    }
    assert shares == {"policy": 0.4, "cheap": 0.2, "dear": 0.5}
    effect = varied.effects.set_index(["scenario", "outcome"])["difference"]
    assert effect["cheap", "effort"] < 0 < effect["dear", "effort"]


def test_a_variant_is_told_by_what_it_changes(varied):
    text = varied.report()
    assert "The baseline is `policy`, which the others extend." in text
    assert "| cheap | floating pay: `floating_share 0.4 → 0.2` |" in text
    title = text.split("\n\n")[0]
    assert f"({SHARE} 0.4 → 0.2 (cheap); {SHARE} 0.4 → 0.5 (dear))" in title
    assert varied.manifest["changed"]["cheap"] == [{"path": SHARE, "old": 0.4, "new": 0.2}]


def test_variants_are_of_the_last_scenario(policy):
    base = sim.load({"name": "base", "extends": str(SCENARIOS / "civil_service.yaml"), **PLACE})
    found = sim.compare([base, policy], replications=1, variants={"cheap": {SHARE: 0.2}}, outcomes=["effort"])
    assert found.baseline == "base"
    assert list(found.tables) == ["base", "policy", "cheap"]


def test_wrong_variants_are_told_all_at_once(policy):
    said = refused(
        policy,
        variants={
            "same": {SHARE: 0.4},
            "policy": {SHARE: 0.2},
            "empty": {},
            "high": {SHARE: 1.7},
            "typo": {"regime.floating_pay.floating_shar": 0.2},
            "two words": {SHARE: 0.2},
        },
    )
    assert said[0] == "variant same: it changes nothing: policy has these settings already"
    assert said[1] == "variant policy: a scenario has this name; choose another"
    assert said[2].startswith("variant empty: it names no setting; write key: value")
    assert "variant high:" in said[3]
    assert "1.7 is above the largest allowed value 0.6" in said[3]
    assert "did you mean floating_share?" in said[4]
    assert "variant two words: " in said[5]
    assert len(said) == 6


def test_the_baseline_is_what_the_others_extend():
    files = [SCENARIOS / f"{name}.yaml" for name in ("absolute_standard", "civil_service", "four_systems")]
    given = [sim.load(file, set=SMALL) for file in files]
    found = sim.compare(given, replications=1, outcomes=["effort"])
    assert found.baseline == "civil_service"
    assert "The baseline is civil_service, which the others extend." in found.summary()
    other = sim.compare(given, baseline="four_systems", replications=1, outcomes=["effort"])
    assert "The baseline is `four_systems`, as asked for." in other.report()
    assert other.manifest["baseline_why"] == "asked"


def test_without_a_common_baseline_the_first_is_it_and_this_is_said(small):
    found = sim.compare([small("contract_only"), small("four_systems")], replications=1, outcomes=["effort"])
    assert found.baseline == "contract_only"
    told = "The baseline is `contract_only`, the first named: no scenario is extended by all the others."
    assert told in found.report()


def test_what_was_changed_stands_everywhere_with_old_and_new_value():
    file = SCENARIOS / "four_systems.yaml"
    given = sim.load(file, set={"structure.department_size.mean": 7, "horizon.quarters": 12, "seed": 7})
    run = sim.run(given, replications=1)
    [title, _, first] = run.report().split("\n\n")[:3]
    assert title.endswith("(structure.department_size.mean 20 → 7; horizon.quarters 40 → 12; 1 more)")
    for text in (first, run.summary().replace("\n", " ").replace("seed 1", "`seed 1")):
        assert "`seed 1 → 7" in text
        assert "horizon.quarters 40 → 12" in text
    assert {"path": "seed", "old": 1, "new": 7} in run.manifest["changed"]
    caption = run_figure_text(run)
    assert "changed from the files (structure.department_size.mean 20 → 7" in caption


def run_figure_text(run):
    from sim.lab.estimates.digest import digest_of
    from sim.lab.figures.overview import overview

    return " ".join(overview(digest_of(run)).get_supxlabel().split())


def test_a_value_that_is_the_files_own_is_no_change():
    file = SCENARIOS / "four_systems.yaml"
    assert sim.load(file, set={SHARE: 0.4, "seed": 1}).past.changed == ()
    changed = sim.load(file, set={SHARE: 0.2})
    assert [tuple(one) for one in changed.past.changed] == [(SHARE, 0.4, 0.2)]
    assert changed.with_(**{SHARE: 0.4}).past.changed == ()
    assert changed.with_(**{SHARE: 0.3}).past.changed == ((SHARE, 0.4, 0.3),)


@pytest.mark.parametrize(
    ("settings", "changed"),
    [
        ({COST: 0.5}, [(COST, 0.4, 0.5)]),  # a default of no file
        ({"regime.posts.kind": "open"}, [("regime.posts.kind", "fixed", "open")]),
        (
            {"regime.appraisal": {"kind": "forced_distribution", "excellent_share": 0.1}},
            [
                ("regime.appraisal.kind", "four_grades", "forced_distribution"),
                ("regime.appraisal.excellent_share", None, 0.1),
            ],
        ),
        ({"replications": 3, "record": []}, []),
    ],
)
def test_old_values_are_those_in_force_before(settings, changed):
    found = sim.load(SCENARIOS / "four_systems.yaml", set=settings).past.changed
    assert [tuple(one) for one in found] == changed


def test_a_file_that_was_edited_and_a_setting_that_was_changed_are_two_results(tmp_path):
    edited = sim.load({"name": "four_systems", "extends": str(SCENARIOS / "four_systems.yaml"), "seed": 7})
    changed = sim.load(SCENARIOS / "four_systems.yaml", set={"seed": 7})
    one, other = planned_manifest(edited), planned_manifest(changed.with_(question=edited.question))
    assert one["simulation"] == other["simulation"]
    assert one["hash"] != other["hash"]


def test_changes_say_which_scenarios_they_concern():
    one, other = ([{"path": "seed", "old": 1, "new": new}] for new in (7, 8))
    assert change_lines({"a": {"changed": one}, "b": {"changed": one}}) == ["seed 1 → 7"]
    assert change_lines({"a": {"changed": one}, "b": {"changed": other}}) == [
        "seed 1 → 7 (a)",
        "seed 1 → 8 (b)",
    ]
    assert change_lines({"a": {"changed": [], "rules_files": ["my_rules.py"]}}) == ["rules of my_rules.py"]


def test_a_trace_and_a_decomposition_say_what_was_changed(small):
    policy, base = small("four_systems", behaviour__effort__cost=0.5), small("civil_service")
    trace = sim.trace(policy, 0, seed=3)
    assert "`" not in trace.summary()  # a mark for Markdown
    traced = trace.report()
    assert "behaviour.effort.cost 0.4 → 0.5` (four systems)" in traced or "0.4 → 0.5 (four systems)" in traced
    assert "seed 1 → 3" in traced
    parts = sim.decompose(base, policy, replications=1, outcomes=["effort"])
    assert "behaviour.effort.cost 0.4 → 0.5 (four systems)" in parts.report().split("\n\n")[1]
    assert {"path": COST, "old": 0.4, "new": 0.5} in parts.manifest["changed"]


def test_a_sweep_says_what_was_changed_besides_what_it_varies(small):
    found = sim.sweep(small("four_systems", behaviour__effort__cost=0.5), {SHARE: [0.2, 0.4]}, replications=1)
    title, first = found.report().split("\n\n")[:2]
    assert "horizon.quarters 40 → 16" in first
    assert f"{COST} 0.4 → 0.5" in first
    assert SHARE not in title
    assert title.endswith(" more)")


def test_a_study_with_another_seed_says_so(tmp_path):
    changes = {"levers": None, "replications": 1, "outcomes": ["morale"], "seed": 2}
    found = sim.run_study(study_file(tmp_path, **changes), seed=5, out=tmp_path)
    assert found.report().split("\n\n")[0].endswith("(seed 2 → 5)")
    assert "Changed from the files: `seed 2 → 5`." in found.report()
    assert "seed 2 → 5" in " ".join(sim.open(found.folder).summary().split())
    assert found.manifest["changed"] == [{"path": "seed", "old": 2, "new": 5}]


def test_a_study_has_variants_of_its_last_scenario(tmp_path):
    variants = {"cheap": {SHARE: 0.15}, "dear": {SHARE: 0.55}}
    plan = plan_of(study_file(tmp_path, levers=None, variants=variants, headlines=["cheap:ability>0"]))
    assert plan.simulated == ["civil_service", "four_systems", "cheap", "dear"]
    assert plan.baseline == "civil_service"
    shares = [
        plan.scenario(name, 0).at(12).regime.floating_pay.floating_share for name in ("four_systems", "cheap")
    ]
    assert shares == [0.4, 0.15]


def test_wrong_variants_of_a_study_are_told_with_line_and_column(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(
        f"scenarios: {BASIC['scenarios']}\n"
        "variants:\n"
        f"  same: {{{SHARE}: 0.4}}\n"
        "  civil_service: {seed: 3}\n"
        f"  high: {{{SHARE}: 1.7}}\n"
        "design: {kind: list, points: [{}]}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError) as error:
        plan_of(path)
    said = [line.rsplit("wrong.yaml:", 1)[1] for line in str(error.value).splitlines()]
    assert said[0] == "3:3: variants.same: it changes nothing: four_systems has these settings already"
    assert said[1] == "4:3: variants.civil_service: a scenario has this name; choose another"
    assert said[2].startswith("5:46: variants.high: ")


def test_a_scenario_of_no_rules_is_told(small, old):
    empty = sim.load({"name": "empty", **PLACE})
    run = sim.run(empty, replications=1)
    [told] = [one for one in run.warnings if "none of the eight parts" in one]
    assert told.startswith(
        "empty extends no file, and none of the eight parts of its regime is set (posts: open"
    )
    assert told in run.report()
    assert "if a baseline is meant, write extends" in run.summary()
    later = {"quarter": 4, "set": {"regime": {"posts": {"kind": "fixed"}}}}
    warned = sim.run({"name": "late", "timeline": [later], **PLACE}, replications=1).warnings
    assert any("until quarter 4 has closed none of the eight parts" in one for one in warned)
    assert not sim.run(old, replications=1).warnings


def test_variants_on_the_command_line(tmp_path: Path):
    from tests.lab.small_study import sim as command

    policy = tmp_path / "policy.yaml"
    policy.write_text(json.dumps({"name": "policy", **PLACE}), encoding="utf-8")  # JSON is YAML
    out = ["--out", tmp_path / "out", "--replications", 1, "--no-report"]
    found = command("compare", policy, "--variant", "strict: regime.posts.kind=fixed; seed=3", *out)
    assert found.returncode == 0, found.stderr
    assert "The baseline is policy, which the others extend." in found.stdout
    assert "regime.posts.kind open → fixed" in " ".join(found.stdout.split())
    twice = ["--variant", "a: seed=2", "--variant", "a: seed=3", "--variant", "b"]
    wrong = command("compare", policy, *twice, *out)
    assert wrong.returncode == 2
    assert wrong.stderr.splitlines()[0].startswith("--variant a is given twice")
    assert wrong.stderr.splitlines()[1].startswith("--variant b: write a name and its settings, as in")
