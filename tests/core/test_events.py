"""The log keeps what happened, as it was when it happened."""

import numpy as np

from sim.core.events import EventLog


def test_events_of_the_quarter_are_joined_in_order():
    log = EventLog()
    log.record("hired", {"person": np.array([3, 1])})
    log.record("resigned", {"person": np.array([9])})
    log.record("hired", {"person": np.array([2])})
    assert log.of("hired", "person").tolist() == [3, 1, 2]
    assert log.of("retired", "person").size == 0


def test_a_closed_quarter_is_archived():
    log = EventLog()
    log.record("hired", {"person": np.array([3])})
    log.close(5)
    assert log.of("hired", "person").size == 0
    assert [(event, quarter) for event, quarter, _ in log.blocks] == [("hired", 5)]


def test_nothing_is_archived_where_none_is_kept():
    log = EventLog(kept=False)
    log.record("hired", {"person": np.array([3])})
    assert log.of("hired", "person").tolist() == [3]
    log.close(5)
    assert log.blocks == []


def test_an_empty_block_leaves_no_trace():
    log = EventLog()
    log.record("hired", {"person": np.zeros(0)})
    assert log.open == []


def test_a_block_keeps_what_was_recorded():
    """A column of the staff may be handed over as a view; what is written there later is not part of the event."""
    log, column = EventLog(), np.array([1.0, 2.0, 3.0])
    log.record("hired", {"ability": column[1:]})
    column[:] = 0.0
    assert log.of("hired", "ability").tolist() == [2.0, 3.0]
