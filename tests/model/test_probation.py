"""Probation: it lasts as long as it says, its own mark decides, and its odds are those that people believe in."""

import numpy as np
import pandas as pd
import pytest

from sim.model import NewAreaModel
from sim.model.effort import build_standing
from sim.rules.adjustment import Probation
from tests.model.small import file_of

SMALL = {
    "structure.area_level.departments": 3,
    "structure.new_cities.departments": 10,
    "structure.department_size.mean": 10,
    "horizon.quarters": 24,
    "regime.adjustment.triggers.bottom.share": 0.1,
}
SCENARIO = str(file_of("quarterly_probation"))


def events_of(model: NewAreaModel, event: str) -> pd.DataFrame:
    events = model.tables()["events"]
    return events[events.event == event]


def test_a_probation_lasts_and_ends_by_its_mark():
    model = NewAreaModel(SCENARIO, record=["staff", "events"], **SMALL).run()
    panel = model.tables()["staff_panel"].set_index(["person", "quarter"]).score
    begun = events_of(model, "put_on_probation")
    mark, checked = model.state.population.standard.mean - 0.5, 0
    for end, fails in (("failed_probation", True), ("passed_probation", False)):
        for person, quarter in events_of(model, end)[["person", "quarter"]].to_numpy():
            assert ((begun.person == person) & (begun.quarter == quarter - 2)).sum() == 1
            mean = (panel[person, quarter] + panel[person, quarter - 1]) / 2
            assert (mean < mark) == fails
            checked += 1
    assert checked > 30
    dismissed = events_of(model, "dismissed")[["person", "quarter"]].to_numpy().tolist()
    failed = events_of(model, "failed_probation")[["person", "quarter"]].to_numpy().tolist()
    assert failed
    assert all(one in dismissed for one in failed)


def test_nobody_is_flagged_for_a_probation_while_on_it():
    model = NewAreaModel(SCENARIO, record=["staff", "events"], **SMALL).run()
    begun = events_of(model, "put_on_probation")
    gaps = begun.sort_values(["person", "quarter"]).groupby("person").quarter.diff().dropna()
    assert gaps.size > 5
    assert gaps.min() > 2


def test_what_is_believed_of_failing_is_what_comes_true():
    """Nobody answers to fear, so that effort stays as it is; four standard errors."""
    model = NewAreaModel(
        SCENARIO, replications=range(25), **SMALL, **{"behaviour.effort.response": 0, "record": ["events"]}
    )
    terms, believed = Probation(), {}
    while model.running:
        model.step()
        staff, state = model.staff, model.state
        new = np.flatnonzero(staff.probation_quarters == 0)
        if new.size:
            chance = terms.chance_of_failing(build_standing(state.jurisdictions[0]))
            keys = zip(staff.replication[new], staff.person[new], strict=True)
            believed |= {
                (int(a), int(b), state.quarter + 2): p for (a, b), p in zip(keys, chance[new], strict=True)
            }
    outcome = []
    for end, fails in (("failed_probation", 1.0), ("passed_probation", 0.0)):
        keys = events_of(model, end)[["replication", "person", "quarter"]].to_numpy().tolist()
        outcome += [(fails, believed[tuple(key)]) for key in keys]
    happened, chance = np.array(outcome).T
    assert happened.size > 400
    error = np.sqrt((chance * (1 - chance)).sum()) / happened.size
    assert 0.1 < chance.mean() < 0.9
    assert abs(happened.mean() - chance.mean()) < 4 * error


@pytest.mark.parametrize("threat", ["failed", "standard"])
def test_who_is_on_probation_works_harder_the_more_there_is_to_lose(threat):
    """A mark far below everybody, or a mild end, is feared less; both sides meet the same luck."""
    mild = {"failed": "reposting"} if threat == "failed" else {"standard": -9.0}
    reward = []
    for probation in ({}, mild):
        changes = {f"regime.adjustment.probation.{key}": value for key, value in probation.items()}
        model = NewAreaModel(SCENARIO, replications=range(4), **SMALL, **changes)
        while model.state.quarter < 10:
            model.step()
        on = model.staff.probation_quarters == 1
        reward.append(float(np.asarray(model.staff.reward)[on].mean()))
    assert reward[0] > reward[1] + 0.05
