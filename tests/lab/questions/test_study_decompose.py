"""A difference split into parts: they add up, and each is what it says."""

import re

import numpy as np
import pytest

import sim
from sim.core.errors import UserError
from sim.lab.results.decomposition import PARTS, TOTAL
from sim.scenario.loader import load
from tests.lab.results.beside import without_text

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

RUN = {"replications": 3, "seed": 4, "window": (9, 16)}


@pytest.fixture(scope="module")
def found(old, new):
    return sim.decompose(old, new, **RUN)


def wide(found):
    """One row a replication and outcome, one column a part."""
    return found.by_replication.pivot(index=["replication", "outcome"], columns="part", values="value")


def value(found, outcome, part):
    rows = found.parts[(found.parts["outcome"] == outcome) & (found.parts["part"] == part)]
    return rows.iloc[0]["difference"]


def test_the_parts_add_up_in_every_replication(found):
    table = wide(found).dropna()
    assert len(table) > 150
    np.testing.assert_allclose(table[list(PARTS)].sum(axis=1), table[TOTAL], rtol=0, atol=1e-9)
    moved = table[table[TOTAL].abs() > 1e-6]
    for part in PARTS:
        assert (moved[part].abs() > 1e-6).any(), part


def test_the_total_is_the_difference_that_a_comparison_finds(found, old, new):
    compared = sim.compare([old, new], **RUN).effects.set_index("outcome")["difference"]
    for outcome in ("output_per_post", "effort", "gaming", "morale", "wage_bill", "resignations"):
        assert value(found, outcome, TOTAL) == pytest.approx(compared[outcome], rel=1e-9, abs=1e-12)


def test_each_outcome_of_one_response_is_moved_by_its_part(found):
    """Effort rises by incentive, gaming by gaming, whoever the people are."""
    assert value(found, "effort", "incentive") > 0.8 * value(found, "effort", TOTAL) > 0
    assert value(found, "gaming", "gaming") > 0.8 * value(found, "gaming", TOTAL) > 0
    for outcome in ("effort", "gaming", "resignations", "ability"):
        assert value(found, outcome, "other") == 0


PAID_BY_RESULTS = {
    "name": "paid_by_results",
    "timeline": [{"quarter": 8, "set": {"regime": {"floating_pay": {"kind": "three_part"}}}}],
}
NOBODY_QUITS = {
    "behaviour.quits.base_contract": 1e-12,
    "behaviour.quits.base_established": 1e-12,
    "behaviour.hiring.sorting": 0.0,
}


def test_where_only_effort_responds_it_is_all_incentive(old):
    """Nobody games or quits; only pay by results is new, which reaches who comes and goes through grades alone."""
    base = old.with_(**NOBODY_QUITS, **{"behaviour.gaming.manipulability": 0.0})
    paid = load({**base.resolved(), **PAID_BY_RESULTS})
    found = sim.decompose(base, paid, outcomes=["effort", "unmeasured_effort"], **RUN)
    table = wide(found)
    total = table[TOTAL]
    assert (total.abs() > 0.01).all()
    np.testing.assert_allclose(table["incentive"], total, rtol=0.05)
    assert (table[["gaming", "other"]] == 0).all(axis=None)
    assert (table[["selection", "luck"]].abs().max(axis=1) < 0.05 * total.abs()).all()


def test_a_lottery_selects_nobody(small, old):
    """Where only the flags of a lottery move people, everything that moving does is luck."""
    still = {
        "behaviour.quits.base_contract": 1e-12,
        "behaviour.quits.base_established": 1e-12,
        "behaviour.quits.pay_gap": 0.0,
        "behaviour.quits.morale": 0.0,
        "behaviour.quits.standing": 0.0,
        "behaviour.quits.standing_squared": 0.0,
        "behaviour.effort.response": 0.0,
        "behaviour.effort.crowding_out": 0.0,
        "behaviour.gaming.manipulability": 0.0,
        "behaviour.hiring.sorting": 0.0,
    }
    lottery = small("placebo_lottery").with_(
        **still,
        **{
            "regime.appointment.kind": "established",
            "regime.posts.kind": "open",
            "regime.ranks.promotion": "seniority",
            "regime.adjustment.triggers.last_in_department.in_a_row": 1,
        },
    )
    found = sim.decompose(old.with_(**still), lottery, outcomes=["output_per_post", "at_work"], **RUN)
    luck, selection = value(found, "at_work", "luck"), value(found, "at_work", "selection")
    assert luck < -0.1
    assert abs(selection) < 0.1 * abs(luck)


def test_without_flags_there_is_no_luck(small, old):
    bare = {"regime.adjustment.kind": "none"}
    regimes = old.with_(**bare), small("contract_only").with_(**bare)
    found = sim.decompose(*regimes, outcomes=["output_per_post"], **RUN)
    assert found.manifest["runs"] == 16
    assert (wide(found)["luck"] == 0).all()
    assert value(found, "output_per_post", "selection") != 0


def test_it_is_stored_and_found_again(tmp_path, old, new):
    asked = {"outcomes": ["output_per_post", "morale"], "out": tmp_path, **RUN}
    first = sim.decompose(old, new, **asked)
    again = sim.decompose(old, new, **asked)
    opened = sim.open(first.folder)
    assert again.reused
    assert not first.reused
    for other in (again, opened):
        assert other.parts.equals(first.parts)
        assert other.report() == first.report()
    assert {path.name for path in first.folder.iterdir()} >= {
        "report.md",
        "report.html",
        "parts.csv",
        "figures",
    }
    assert without_text(first.folder) == set()
    assert first.manifest["scenario"]["name"] == "four_systems"
    assert first.manifest["baseline_scenario"]["name"] == "civil_service"


def test_what_it_says(found):
    told = found.report()
    assert "differs from that under `civil_service` by" in told
    assert re.search(r"% \([+−]?[\d.×⁻¹0-9]+ mean output[;,] [+−]?[\d.]+ to [+−]?[\d.]+, 95 % interval", told)
    for word in ("incentive", "selection", "gaming", "luck", "other", "Shapley", "3 paired replications"):
        assert word in told
    assert len(found.figure().axes) == 6


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hold": ["effort"]}, "four_systems has hold or hold_after"),
        ({"hold_after": 4}, "four_systems has hold or hold_after"),
    ],
)
def test_what_cannot_be_held(old, new, change, message):
    with pytest.raises(UserError, match=message):
        sim.decompose(old, new.with_(**change), replications=1)


def test_a_regime_from_the_founding_on_cannot_be_held(old):
    with pytest.raises(UserError, match="other has no timeline"):
        sim.decompose(old, old.with_(name="other"), replications=1)


def test_an_unknown_outcome_is_refused_before_anything_runs(old, new):
    with pytest.raises(UserError, match="did you mean output_per_post"):
        sim.decompose(old, new, outcomes=["output_per_pos"], progress=lambda *_: pytest.fail("it ran"))
