"""A table grows and shrinks without losing a row, a value or an order."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.table import Table

DTYPES, DEFAULTS = {"person": "i8", "pay": "f8", "leader": "?"}, {"person": -1, "pay": 1.5, "leader": False}


def table(size=0):
    return Table(DTYPES, DEFAULTS, size)


def test_rows_begin_with_their_defaults():
    made = table(3)
    assert made["person"].tolist() == [-1, -1, -1]
    assert made["pay"].tolist() == [1.5, 1.5, 1.5]
    assert made.names == ["person", "pay", "leader"]


def test_writing_through_a_column_writes_the_table():
    made = table(3)
    made["pay"][1] = 7.0
    made["person"] = [4, 5, 6]
    assert made["pay"].tolist() == [1.5, 7.0, 1.5]
    assert made["person"].tolist() == [4, 5, 6]


def test_append_returns_the_new_rows():
    made = table(2)
    new = made.append({"person": [8, 9], "leader": True}, 2)
    assert (new.start, new.stop) == (2, 4)
    assert made["person"].tolist() == [-1, -1, 8, 9]
    assert made["leader"].tolist() == [False, False, True, True]
    assert made["pay"][new].tolist() == [1.5, 1.5]


def test_the_layout_tells_when_rows_have_moved():
    made = table(2)
    seen = [made.layout]
    made["pay"][0] = 3.0
    assert made.layout == seen[-1]
    made.append({}, 1)
    seen.append(made.layout)
    made.keep(np.array([True, False, True]))
    seen.append(made.layout)
    assert len(set(seen)) == 3


STEP = st.one_of(st.integers(0, 5), st.lists(st.booleans(), min_size=30, max_size=30))


@settings(deadline=None)
@given(st.lists(STEP, max_size=12))
def test_any_order_of_growing_and_thinning(steps):
    """An integer appends so many rows; a list of booleans thins the table."""
    made, expected, count = table(), [], 0
    for step in steps:
        if isinstance(step, int):
            added = list(range(count, count + step))
            made.append({"person": np.array(added, dtype=np.int64)}, step)
            expected, count = expected + added, count + step
        else:
            mask = np.resize(np.array(step), len(expected))
            made.keep(mask)
            expected = [one for one, kept in zip(expected, mask, strict=True) if kept]
        assert made["person"].tolist() == expected
        assert made["pay"].tolist() == [1.5] * len(expected)
        assert made.size == len(expected)


def test_an_old_row_leaves_nothing_to_a_new_one():
    made = table()
    made.append({"pay": [9.0, 9.0]}, 2)
    made.keep(np.zeros(2, bool))
    made.append({}, 2)
    assert made["pay"].tolist() == [1.5, 1.5]


def test_columns_come_and_go():
    made = table(2)
    made.add_column("strikes", "i1", 0)
    made["strikes"][1] = 3
    made.add_column("strikes", "i1", 0)
    assert made["strikes"].tolist() == [0, 3]
    made.append({}, 40)
    assert made["strikes"].tolist() == [0, 3] + [0] * 40
    made.drop_column("strikes")
    assert "strikes" not in made
    with pytest.raises(KeyError):
        made["strikes"]


def test_taken_rows_are_copies():
    made = table(3)
    taken = made.take(np.array([True, False, True]), ["pay"])
    taken["pay"][:] = 0.0
    assert list(taken) == ["pay"]
    assert made["pay"].tolist() == [1.5, 1.5, 1.5]


def test_a_pickled_table_is_the_same_and_its_own():
    made = table(2)
    made["pay"][0] = 4.0
    copied = pickle.loads(pickle.dumps(made))
    copied["pay"][1] = 5.0
    assert copied["pay"].tolist() == [4.0, 5.0]
    assert made["pay"].tolist() == [4.0, 1.5]
