"""Every mixture of the two regimes runs: each of the eight parts old or new, 2⁸ = 256 of them."""

from functools import cache
from itertools import product

import pytest

from sim.model import NewAreaModel
from sim.rules.base import SLOTS
from sim.scenario.loader import load
from tests.model.small import FOLDER, residuals

TINY = {
    "structure": {
        "area_level": {"departments": 1},
        "new_cities": {"departments": 5},
        "department_size": {"mean": 5, "smallest": 3},
    },
    "world": {"leaders_per_organisation": 1},
    "horizon": {"quarters": 12},
    "record": ["events"],
}
REFORM = 4


@cache
def parts() -> tuple[dict, dict]:
    """The eight parts of the civil service, and of the four systems, written out."""
    old, new = (load(FOLDER / f"{name}.yaml").at(9).regime for name in ("civil_service", "four_systems"))
    return old.model_dump(mode="json"), new.model_dump(mode="json")


def mixture(chosen: tuple[bool, ...]) -> dict:
    """A scenario that starts as the civil service and takes the chosen parts of the four systems after a year."""
    old, new = parts()
    taken = {slot: dict(new[slot]) for slot, is_new in zip(SLOTS, chosen, strict=True) if is_new}
    if "adjustment" in taken:
        dropped = old["adjustment"]["triggers"].keys() - new["adjustment"]["triggers"].keys()
        taken["adjustment"]["triggers"] = dict.fromkeys(dropped) | new["adjustment"]["triggers"]
    timeline = [{"quarter": REFORM, "set": {"regime": taken}}] if taken else []
    return TINY | {"regime": old, "timeline": timeline}


def test_the_eight_parts_differ():
    old, new = parts()
    assert list(old) == list(SLOTS)
    assert [slot for slot in SLOTS if old[slot] == new[slot]] == []


@pytest.mark.slow
@pytest.mark.parametrize("fixes", list(product([False, True], repeat=4)), ids=str)
def test_every_mixture_runs_and_its_books_close(fixes):
    for systems in product([False, True], repeat=4):
        chosen = (*fixes, *systems)
        model = NewAreaModel(mixture(chosen), rng=sum(2**bit * on for bit, on in enumerate(chosen)))
        taken = model.settings.at(REFORM + 1).regime.model_dump(mode="json")
        assert [taken[slot] == parts()[int(on)][slot] for slot, on in zip(SLOTS, chosen, strict=True)] == [
            True
        ] * 8
        model.run()
        assert model.state.quarter == 12
        assert residuals(model) == {}
        assert model.staff.at_work.sum() >= 20
