"""Every state variable is declared once: name, type, default, unit and meaning."""

import numpy as np
import pytest

from sim.model.flags import FLAGS, NAMED
from sim.model.state import STRIKES
from sim.people.columns import DEPARTMENTS, POSTS, STAFF
from tests.model.small import LATER, at

TERMS = [
    pytest.param(term, id=f"{table}.{term.name}")
    for table, terms in {"staff": STAFF, "posts": POSTS, "departments": DEPARTMENTS}.items()
    for term in terms
]
CODES = {"target_met", "returning", "kind", "near_target", "project_choice"}
"""Whole numbers that are codes, not amounts; their meaning lists them."""


@pytest.mark.parametrize("term", TERMS)
def test_a_column_says_what_it_is(term):
    assert len(term.meaning) > 2
    assert bool(term.unit) == (term.dtype != "?" and term.name not in CODES)


@pytest.mark.parametrize("term", TERMS)
def test_a_default_fits_its_type(term):
    assert np.array(term.default).astype(term.dtype) == term.default


@pytest.mark.parametrize("terms", [STAFF, POSTS, DEPARTMENTS])
def test_names_are_unique_words(terms):
    names = [term.name for term in terms]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() and name == name.lower() for name in names)


def test_the_tables_have_the_declared_columns_and_strikes():
    state = at(LATER).state
    strikes = {STRIKES + name for name in state.regimes[0].adjustment.listed}
    assert len(strikes) >= 4
    assert set(state.staff.names) == {term.name for term in STAFF} | strikes
    assert state.posts.names == [term.name for term in POSTS]
    flags = {begin + name for begin in (FLAGS, NAMED) for name in state.triggers}
    assert set(state.departments.names) == {term.name for term in DEPARTMENTS} | flags
    for table, terms in ((state.staff, STAFF), (state.posts, POSTS), (state.departments, DEPARTMENTS)):
        for term in terms:
            assert table[term.name].dtype == np.dtype(term.dtype), term.name


def test_an_unknown_column_is_refused():
    staff = at(0).staff
    with pytest.raises(AttributeError, match="no column 'no_such_column'"):
        _ = staff.no_such_column
