"""Nothing moves unnoticed: `make fingerprints` shows and accepts what a change did to the shipped scenarios."""

import json

import pytest

from tests.fingerprints import SCENARIOS, STORED, changes, fingerprint


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_nothing_moved_unnoticed(scenario):
    stored = json.loads(STORED.read_text())
    assert changes(stored[scenario.stem], fingerprint(scenario)) == []


def test_a_moved_outcome_is_noticed():
    assert changes({"output": 1.0}, {"output": 1.0001}) == ["output: 1.0 -> 1.0001"]
