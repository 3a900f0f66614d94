"""Each response can be switched off alone, and then leaves no trace (the table of ODD 7.21)."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.model import NewAreaModel
from sim.scenario.loader import load

ROOT = Path(__file__).parents[2]
SMALL = {
    "horizon.quarters": 16,
    "structure.area_level.departments": 3,
    "structure.new_cities.departments": 8,
    "structure.department_size.mean": 10,
    "world.leaders_per_organisation": 1,
}
OFF = {
    "B1": {"behaviour.ability.kept_on_role_change": 1.0},
    "B2": {"behaviour.rating.reliability_staff": 1.0, "behaviour.rating.reliability_managers": 1.0}
    | {"regime.adjustment.reservoir.stigma": 0.0},
    "B3": {"regime.floating_pay.floating_share": 0.0},
    "B4": {"behaviour.effort.response": 0.0, "behaviour.effort.crowding_out": 0.0},
    "B5": {f"behaviour.stakes.{name}": 0.0 for name in ("dismissal", "demotion", "reposting", "status")}
    | {"regime.floating_pay.floating_share": 0.0, "behaviour.stakes.career_years": 0.0},
    "B6": {"behaviour.ability.ramp_start": 1.0, "behaviour.ability.ramp_start_insiders": 1.0},
    "B7": {"behaviour.gaming.manipulability": 0.0},
    "B8": {"structure.area_level.interdependence": 0.0, "structure.new_cities.interdependence": 0.0},
    "B9": {f"regime.contributions.{name}": 0.0 for name in ("ratchet_up", "ratchet_down", "growth")},
    "B10": {
        f"behaviour.quits.{name}": 0.0
        for name in (
            "pay_gap",
            "morale",
            "standing",
            "standing_squared",
            "own_strike",
            "peers_in_reservoir",
            "in_reservoir",
        )
    },
    "B11": {f"behaviour.morale.{what}": 0.0 for what in ("sensitivity", "survivors", "load")},
    "B12": {"behaviour.effort.crowding_out": 0.0, "behaviour.effort.neglect": 0.0},
    "B13": {"behaviour.effort.feedback": 0.0},
    "B14": {"behaviour.hiring.sorting": 0.0},
    "B15": {"regime.adjustment.kind": "none"},
    "B16": {"behaviour.effort.withholding": 0.0},
    "B17": {"behaviour.risk.share": 0.0},
    "B18": {"behaviour.collusion.chance": 0.0},
}


@cache
def lived(response):
    settings = SMALL | {"regime.adjustment.triggers.last_in_department.in_a_row": 1} | OFF.get(response, {})
    if response == "B15":
        settings.pop("regime.adjustment.triggers.last_in_department.in_a_row")
    model = NewAreaModel(load(ROOT / "scenarios" / "four_systems.yaml", set=settings), replications=range(2))
    return model.run()


def column(response, name, at_work=True):
    staff = lived(response).staff
    values = np.asarray(staff[name])
    return values[np.asarray(staff.at_work)] if at_work else values


def test_the_document_lists_these_switches():
    text = (ROOT / "ODD.md").read_text(encoding="utf-8").partition("### 7.21")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| (B\d+) \| [^|]* \| ([^|]*) \|$", text, re.MULTILINE))
    assert set(rows) == set(OFF) == {f"B{number}" for number in range(1, 19)}
    for name, settings in OFF.items():
        for key, value in settings.items():
            assert f"`{key.rpartition('.')[2]}`" in rows[name] or f"{key.rpartition('.')[2]}" in rows[name], (
                name,
                key,
            )
            assert str(value).removesuffix(".0") in rows[name], (name, value)


def test_b1_competence_is_kept():
    events = lived("B1").tables()["events"]
    promoted = events[events.event == "promoted"]
    assert len(promoted) > 0
    same, redrawn = (run_ability_changes(name) for name in ("B1", "none"))
    assert same == 0
    assert redrawn > 0


def run_ability_changes(response):
    """How many people of the founding changed ability (training apart, which is off by default)."""
    settings = SMALL | OFF.get(response, {}) | {"record": ["staff", "events"]}
    model = NewAreaModel(load(ROOT / "scenarios" / "four_systems.yaml", set=settings), replications=[0]).run()
    panel = model.tables()["staff_panel"]
    return int((panel.groupby("person").ability.nunique() > 1).sum())


def test_b2_a_score_without_error():
    model = lived("B2")
    assert np.asarray(model.state.population.noise_variance(np.array([False, True]))) == pytest.approx(0)
    assert column("B2", "rater_error") == pytest.approx(0)


def test_b3_nothing_floats():
    assert column("B3", "quarterly_pay") == pytest.approx(0)
    assert lived("B3").state.floating_worth == pytest.approx(0)


def test_b4_nobody_responds():
    assert column("B4", "effort") == pytest.approx(0)
    assert column("B4", "gaming") == pytest.approx(0)


def test_b5_nothing_is_feared():
    assert column("B5", "reward") == pytest.approx(0)


def test_b6_posts_need_no_learning():
    assert column("B6", "ramp") == pytest.approx(1)


def test_b7_no_gaming():
    assert column("B7", "gaming", at_work=False) == pytest.approx(0)
    assert column("B7", "padding", at_work=False) == pytest.approx(0)
    assert (lived("B7").tables()["events"].event != "caught").all()


def test_b8_nobody_depends_on_colleagues():
    assert column("B8", "helped", at_work=False) == pytest.approx(0)


def test_b9_targets_stay():
    model = lived("B9")
    founders = np.asarray(model.staff.hired_quarter == 0)
    start = NewAreaModel(
        load(ROOT / "scenarios" / "four_systems.yaml", set=SMALL), replications=range(2)
    ).staff
    first = dict(zip(zip(start.replication, start.person, strict=True), start.target, strict=True))
    now = zip(model.staff.replication, model.staff.person, model.staff.target, founders, strict=True)
    assert all(first[replication, person] == target for replication, person, target, old in now if old)


def test_b10_quits_at_the_base_rate():
    from sim.response.quits import Situation, quit_hazard

    model = lived("B10")
    staff, size = model.staff, model.staff.size
    strikes, peers = np.ones(size, dtype=bool), np.full(size, 0.5)
    now = Situation(np.full(size, 2.0), strikes, peers, outside=np.ones(size), usual=np.zeros(size))
    hazard = quit_hazard(model.state.behaviour.quits, staff, now, 4)
    assert hazard[np.asarray(staff.contract)] == pytest.approx(1 - 0.95**0.25)


def test_b11_morale_stays():
    assert column("B11", "morale", at_work=False) == pytest.approx(0)


def test_b12_unmeasured_work_is_only_a_matter_of_morale():
    model = lived("B12")
    # morale moves after effort is chosen, so what it moved is last quarter's
    assert model.state.intrinsic == 0
    settings = SMALL | OFF["B12"] | {"behaviour.effort.morale_effect": 0.0}
    still = NewAreaModel(load(ROOT / "scenarios" / "four_systems.yaml", set=settings), replications=[0]).run()
    assert np.asarray(still.staff.unmeasured_effort) == pytest.approx(0)


def test_b13_and_b18_are_off_by_default():
    from sim.settings.behaviour import Behaviour

    assert Behaviour().effort.feedback == OFF["B13"]["behaviour.effort.feedback"]
    assert Behaviour().collusion.chance == OFF["B18"]["behaviour.collusion.chance"]
    on, off = (
        NewAreaModel(
            load(
                ROOT / "scenarios" / "four_systems.yaml", set=SMALL | {"behaviour.effort.feedback": feedback}
            ),
            replications=[0],
        )
        for feedback in (0.15, 0.0)
    )
    for model in (on, off):
        model.run()
    assert np.asarray(on.staff.effort).std() > np.asarray(off.staff.effort).std()


def test_b14_the_same_people_apply():
    staff = lived("B14").staff
    hired = np.asarray(staff.hired_quarter > 9)
    believed = np.asarray(staff.belief[np.asarray(staff.hired_quarter == 16)])
    assert hired.any()
    assert believed == pytest.approx(lived("B14").state.population.mean_ability)


def test_b15_nobody_is_in_the_reservoir():
    assert (column("B15", "reservoir_since", at_work=False) == -1).all()


def test_b16_nothing_is_held_back():
    assert column("B16", "withheld", at_work=False) == pytest.approx(0)
    assert column("none", "withheld", at_work=False).max() > 0


def test_b17_no_projects():
    assert (column("B17", "project_choice", at_work=False) == -1).all()
    assert column("B17", "project", at_work=False) == pytest.approx(0)
