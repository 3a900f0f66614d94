"""Modules that have moved since version 0.1 are refused with the name they have now."""

from importlib import import_module

import pytest

import sim
from sim.moved import places


@pytest.mark.parametrize("before", sorted(places()))
def test_the_old_place_names_the_new_one(before: str) -> None:
    with pytest.raises(ModuleNotFoundError, match=f"is {places()[before]} since version"):
        import_module(before).anything  # noqa: B018
    assert import_module(places()[before])


def test_what_never_was_is_missed_as_usual() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'sim\.nowhere'"):
        import_module("sim.nowhere")


def test_public_names_stay() -> None:
    assert all(hasattr(sim, name) for name in sim.__all__)
