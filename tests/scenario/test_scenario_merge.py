"""How a policy is laid over its baseline."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.scenario.loader import load
from sim.scenario.schema import Scenario

Write = Callable[..., Path]

BASE = """
regime:
  appraisal: {kind: four_grades, excellent_cap: 0.1, basic_share: 0.02}
  adjustment:
    kind: triggers
    enforcement: 0.5
    triggers:
      last: {kind: last_in_department, in_a_row: 3, smallest_department: 5}
      incompetent: {kind: incompetent_grade}
behaviour: {effort: {response: 0.5, cost: 1.0}}
structure: {rank_shares: [0.5, 0.3, 0.2]}
timeline:
  - quarter: 8
    set: {regime.floating_pay: {kind: three_part, floating_share: 0.3, cap: 1.5}}
"""


def laid_on(write: Write, patch: str) -> Scenario:
    write(BASE, "base.yaml")
    return load(write("extends: base.yaml\n" + patch))


def triggers(scenario: Scenario, quarter: int = 0) -> Any:
    return scenario.at(quarter).regime.adjustment.triggers  # type: ignore[attr-defined]


def test_mappings_merge_and_scalars_replace(write: Write) -> None:
    scenario = laid_on(write, "behaviour: {effort: {cost: 2}}\n")
    assert (scenario.behaviour.effort.response, scenario.behaviour.effort.cost) == (0.5, 2.0)


def test_lists_replace(write: Write) -> None:
    scenario = laid_on(write, "structure: {rank_shares: [0.2, 0.3, 0.5]}\n")
    assert scenario.structure.rank_shares == (0.2, 0.3, 0.5)


def test_a_slot_of_the_same_kind_merges(write: Write) -> None:
    for patch in ("{excellent_cap: 0.3}", "{kind: four_grades, excellent_cap: 0.3}"):
        appraisal = laid_on(write, f"regime: {{appraisal: {patch}}}\n").regime.appraisal
        assert appraisal.model_dump()["excellent_cap"] == 0.3
        assert appraisal.model_dump()["basic_share"] == 0.02


def test_another_kind_replaces_the_slot(write: Write) -> None:
    appraisal = laid_on(write, "regime: {appraisal: {kind: forced_distribution}}\n").regime.appraisal
    assert (
        appraisal.model_dump()
        == load({"regime": {"appraisal": {"kind": "forced_distribution"}}}).model_dump()["regime"][
            "appraisal"
        ]
    )


def test_a_kind_that_comes_back_starts_afresh(write: Write) -> None:
    write(BASE, "base.yaml")
    write("extends: base.yaml\nregime: {appraisal: {kind: none}}\n", "middle.yaml")
    scenario = load(write("extends: middle.yaml\nregime: {appraisal: {kind: four_grades}}\n"))
    assert scenario.regime.appraisal.model_dump()["basic_share"] == 0.005


def test_one_number_of_one_trigger(write: Write) -> None:
    found = triggers(laid_on(write, "regime: {adjustment: {triggers: {last: {in_a_row: 2}}}}\n"))
    assert (found["last"].in_a_row, found["last"].smallest_department) == (2, 5)
    assert set(found) == {"last", "incompetent"}


def test_another_kind_replaces_a_trigger(write: Write) -> None:
    found = triggers(laid_on(write, "regime: {adjustment: {triggers: {last: {kind: bottom_managers}}}}\n"))
    assert found["last"].model_dump() == {
        "kind": "bottom_managers",
        "share": 0.1,
        "in_a_row": 2,
        "follows": "demotion",
        "clock": "year",
        "consecutive": True,
        "within": 0,
    }


def test_null_removes_a_trigger(write: Write) -> None:
    found = triggers(laid_on(write, "regime: {adjustment: {triggers: {last: null}}}\n"))
    assert set(found) == {"incompetent"}


def test_entries_of_the_same_quarter_merge_and_stay_sorted(write: Write) -> None:
    patch = """
timeline:
  - quarter: 12
    set: {behaviour: {effort: {response: 1}}}
  - quarter: 4
    set: {regime: {posts: {kind: fixed}}}
  - quarter: 8
    set: {regime.floating_pay.floating_share: 0.2}
"""
    scenario = laid_on(write, patch)
    assert scenario.changes == (4, 8, 12)
    pay = scenario.at(9).regime.floating_pay.model_dump()
    assert (pay["floating_share"], pay["cap"]) == (0.2, 1.5)
    assert [scenario.at(quarter).regime.posts.kind for quarter in (4, 5, 13)] == ["open", "fixed", "fixed"]
    assert [scenario.at(quarter).behaviour.effort.response for quarter in (12, 13)] == [0.5, 1.0]


def test_a_patch_of_the_same_quarter_knows_the_kind_in_force(write: Write) -> None:
    """The parent's entry names no kind of its own: naming the same kind again must not wipe it out."""
    write(BASE + "  - {quarter: 16, set: {regime.floating_pay.cap: 1.2}}\n", "base.yaml")
    patch = "timeline: [{quarter: 16, set: {regime.floating_pay: {kind: three_part, rank_weight: 0.1}}}]\n"
    pay = load(write("extends: base.yaml\n" + patch)).at(17).regime.floating_pay.model_dump()
    assert (pay["cap"], pay["rank_weight"], pay["floating_share"]) == (1.2, 0.1, 0.3)


def test_dotted_and_nested_keys_of_an_entry_meet(write: Write) -> None:
    patch = """
timeline:
  - quarter: 3
    set:
      regime.posts.kind: fixed
      regime: {ranks: {kind: ladder}, ranks.years_in_rank: 4}
"""
    scenario = laid_on(write, patch)
    assert scenario.at(4).regime.posts.kind == "fixed"
    assert scenario.at(4).regime.ranks.model_dump()["years_in_rank"] == 4.0


def test_a_number_may_carry_its_source(write: Write) -> None:
    text = "regime: {appraisal: {excellent_cap: {value: 0.15, source: data P17, note: lower end}}}\n"
    scenario = laid_on(write, text)
    assert scenario.regime.appraisal.model_dump()["excellent_cap"] == 0.15
    origin = scenario.origin(("regime", "appraisal", "excellent_cap"))
    assert origin is not None
    assert (origin.place, origin.source, origin.note) == ("x.yaml:2:45", "data P17", "lower end")
