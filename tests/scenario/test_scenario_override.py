"""`load(set=...)` and `--set`: an override speaks of the policy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.core.errors import UserError
from sim.scenario.loader import load
from sim.scenario.option import read_settings, read_variations
from sim.scenario.schema import Scenario

Write = Callable[..., Path]

POLICY: dict[str, Any] = {
    "regime": {"appraisal": {"kind": "four_grades", "excellent_cap": 0.2}},
    "behaviour": {"effort": {"response": 0.5}},
    "timeline": [
        {"quarter": 4, "set": {"regime.floating_pay": {"kind": "three_part", "floating_share": 0.1}}},
        {"quarter": 8, "set": {"regime.floating_pay.floating_share": 0.2, "behaviour.effort.response": 0.8}},
        {"quarter": 12, "set": {"regime.posts.kind": "fixed"}},
    ],
}


def shares(scenario: Scenario) -> list[float]:
    return [scenario.at(quarter).regime.floating_pay.share_in_force for quarter in (4, 5, 9, 13)]


def refused(settings: dict[str, Any], given: Any = POLICY) -> list[str]:
    with pytest.raises(UserError) as failure:
        load(given, settings)
    return str(failure.value).splitlines()


def test_a_slot_that_the_timeline_touches_is_overridden_in_its_last_entry() -> None:
    assert shares(load(POLICY)) == [0.0, 0.1, 0.2, 0.2]
    assert shares(load(POLICY, {"regime.floating_pay.floating_share": 0.5})) == [0.0, 0.1, 0.5, 0.5]


def test_any_setting_of_the_slot_counts_as_touching_it() -> None:
    scenario = load(POLICY, {"regime.floating_pay.cap": 1.5})
    caps = [scenario.at(quarter).regime.floating_pay.model_dump().get("cap") for quarter in (4, 5, 9)]
    assert caps == [None, 2.0, 1.5]


def test_a_slot_that_no_entry_touches_is_overridden_from_the_founding() -> None:
    scenario = load(POLICY, {"regime.appraisal.excellent_cap": 0.1})
    assert [scenario.at(q).regime.appraisal.model_dump()["excellent_cap"] for q in (0, 9)] == [0.1, 0.1]


def test_a_behaviour_setting_that_an_entry_touches_is_overridden_there_and_its_neighbours_are_not() -> None:
    scenario = load(POLICY, {"behaviour.effort.response": 1.0, "behaviour.effort.cost": 2.0})
    effort = [scenario.at(quarter).behaviour.effort for quarter in (8, 9)]
    assert [one.response for one in effort] == [0.5, 1.0]
    assert [one.cost for one in effort] == [2.0, 2.0]


def test_a_whole_slot_may_be_given_nested() -> None:
    nested = load(POLICY, {"regime": {"floating_pay": {"kind": "fixed"}, "posts": {"kind": "open"}}})
    assert shares(nested) == [0.0, 0.1, 0.0, 0.0]
    assert nested.at(13).regime.posts.kind == "open"


def test_kind_and_settings_of_a_new_kind_go_together() -> None:
    settings = {"regime.appraisal.bottom_share": 0.2, "regime.appraisal.kind": "forced_distribution"}
    assert load(POLICY, settings).regime.appraisal.model_dump()["bottom_share"] == 0.2


def test_a_trigger_can_be_removed() -> None:
    given = {
        "regime": {"adjustment": {"kind": "triggers", "triggers": {"last": {"kind": "last_in_department"}}}}
    }
    scenario = load(given, {"regime.adjustment.triggers.last": None})
    assert scenario.regime.adjustment.listed == {}


def test_what_is_not_regime_or_behaviour() -> None:
    scenario = load(
        POLICY, {"seed": np.int64(5), "horizon.quarters": 20, "world.difficulty_sd": np.float64(0)}
    )
    assert (scenario.seed, scenario.horizon.quarters, scenario.world.difficulty_sd) == (5, 20, 0.0)


def test_errors_name_the_override() -> None:
    assert refused({"regime.floating_pay.floating_share": 0.9}) == [
        (
            "set regime.floating_pay.floating_share: regime.floating_pay.floating_share = 0.9"
            " is above the largest allowed value 0.6 (share of normal pay)"
        )
    ]
    assert refused({"regime.floating_pay.flaoting_share": 0.3}) == [
        (
            "set regime.floating_pay.flaoting_share: regime.floating_pay.flaoting_share"
            " is not a setting of kind three_part; did you mean floating_share?"
        )
    ]
    assert refused({"timeline": []}) == [
        "set timeline: timeline cannot be set from outside; write a scenario file"
    ]


def test_errors_of_overrides_and_of_the_file_come_together() -> None:
    lines = refused({"seed": -1}, {"replications": 0})
    assert [line.split(":")[0] for line in lines] == ["scenario", "set seed"]


def test_a_loaded_scenario_is_overridden_by_the_same_rule() -> None:
    loaded = load(POLICY)
    settings = {"regime.floating_pay.floating_share": 0.5, "behaviour.effort.cost": 2.0}
    assert load(loaded, settings) == load(POLICY, settings)
    assert loaded.with_(seed=9).seed == 9
    assert loaded.seed == 1
    with pytest.raises(UserError, match="seed = -1 is below"):
        loaded.with_(seed=-1)


def test_a_copied_scenario_is_overridden_as_it_is_and_not_as_its_file_was() -> None:
    copied = load(POLICY).model_copy(update={"seed": 77})
    assert load(copied, {"replications": 3}).seed == 77


def test_written_settings_are_yaml() -> None:
    written = ["a.b=0.3", "c=[1, 2]", "d=true", "e=null", "f=fixed", "g=", "h=Why: why: why", "i={k: 1}"]
    values = dict(read_settings(written).items())
    from sim.scenario.node import plain

    assert {key: plain(node) for key, node in values.items()} == {
        "a.b": 0.3,
        "c": [1, 2],
        "d": True,
        "e": None,
        "f": "fixed",
        "g": None,
        "h": "Why: why: why",
        "i": {"k": 1},
    }
    assert str(values["a.b"].place) == "--set a.b=0.3"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (["seed"], "--set seed: write --set key=value, as in --set regime.posts.kind=fixed"),
        (["=3"], "--set =3: write --set key=value, as in --set regime.posts.kind=fixed"),
        (["seed=1", "seed=2"], "--set seed is given twice"),
        (
            ["hold=[effort"],
            "--set hold=[effort: the value is not YAML; quote it for the shell and close every bracket",
        ),
    ],
)
def test_settings_that_cannot_be_read(written: list[str], message: str) -> None:
    with pytest.raises(UserError) as failure:
        read_settings(written)
    assert str(failure.value) == message


def test_written_variations() -> None:
    written = ["regime.posts.kind=open,fixed", "seed=1,2,3", "structure.rank_shares=[1,0,0],[0,1,0]"]
    assert read_variations(written) == {
        "regime.posts.kind": ["open", "fixed"],
        "seed": [1, 2, 3],
        "structure.rank_shares": [[1, 0, 0], [0, 1, 0]],
    }
    with pytest.raises(UserError, match="--vary seed=: there is no value; write --vary seed=a,b,c"):
        read_variations(["seed="])
