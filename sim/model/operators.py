"""Parks with staff: operator departments whose people do the parks' work (ODD.md §7.18)."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Floats, Mask, Rows
from sim.core.groups import mean_by, sum_by
from sim.people.parks import park_streams
from sim.people.staff import Staff
from sim.response.parks import winning_bids
from sim.settings.terms import Kind

if TYPE_CHECKING:
    from sim.model.state import State


def found_operators(state: "State") -> None:
    """Parks know their departments and their heads' posts; the founding heads have won the bids."""
    parks, posts, departments = state.parks, state.posts, state.departments
    parks["department"] = np.flatnonzero(departments.kind == Kind.OPERATOR)
    parks["head_post"] = np.flatnonzero(posts.manager & in_departments(state, posts.department))
    heads = np.flatnonzero(np.isin(state.staff.post, parks.head_post))
    state.staff.ability[heads] = bid(state, state.staff.post[heads], state.staff.ability[heads])
    parks.operator_ability[:] = state.staff.ability[heads]


def in_departments(state: "State", department: Rows) -> Mask:
    """Which of these rows of departments are those of parks (-1: none is)."""
    return np.asarray(np.append(state.departments.kind == Kind.OPERATOR, False)[department])


def in_park(state: "State", staff: Staff) -> Mask:
    """Who works in a park, or did last."""
    return in_departments(state, staff.last_department)


def pay_level(state: "State", staff: Staff) -> Floats | float:
    """What parks' people earn on market terms, in the pay of the same rank elsewhere; 1 for all others."""
    terms = state.structure.parks
    if terms.staff == 0 or not terms.market_terms:
        return 1.0
    return np.where(in_park(state, staff), terms.staff_pay, 1.0)


def bid_posts(state: "State") -> Rows:
    """Posts that are bid for from outside: parks' heads'."""
    head = state.parks.head_post
    return np.asarray(head[head >= 0], dtype=np.intp)


def bid(state: "State", posts: Rows, ability: Floats) -> Floats:
    """Abilities of those who take `posts`; whoever takes a head's has won the bid, and promises the park's result.

    Of the promise the head's own part is the bid; the rest is what people hired from the market are expected to do.
    """
    parks, terms, population = state.parks, state.structure.parks, state.population
    rows = np.flatnonzero(np.isin(parks.head_post, posts) & (parks.head_post >= 0))
    if not rows.size:
        return ability
    stream = park_streams(parks.replication[rows], parks.number[rows])
    validity = state.behaviour.hiring.validity
    won, promise = winning_bids(terms, validity, state.draws, state.quarter, stream)
    own = terms.head_share + (1 - terms.head_share) / terms.staff
    others = population.mean_ability + terms.market_gain * terms.market_terms
    parks.promise[rows] = own * promise + (1 - own) * others
    parks.short_years[rows] = 0
    order = np.argsort(posts, kind="stable")
    place = order[np.searchsorted(posts[order], parks.head_post[rows])]
    ability = np.array(ability)
    ability[place] = won
    return ability


def work_of_staff(state: "State") -> Floats:
    """What the people of every park did in the quarter: the head's part and the mean of all, in ability SD.

    Without a head the mean stands for it; where nobody worked it is 0.
    """
    parks, staff, size = state.parks, state.staff, state.departments.size
    worked_in = np.where(staff.worked, staff.worked_in, 0)
    contribution = np.asarray(staff.contribution)
    mean = mean_by(contribution, worked_in, size, staff.worked)[parks.department]
    heads = staff.worked & staff.manager
    led = np.bincount(worked_in[heads], minlength=size)[parks.department] > 0
    own = np.where(led, mean_by(contribution, worked_in, size, heads)[parks.department], mean)
    ability = mean_by(np.asarray(staff.ability), worked_in, size, heads)[parks.department]
    parks["operator_ability"] = np.where(led, ability, parks.operator_ability)
    share = state.structure.parks.head_share
    return np.asarray(share * own + (1 - share) * mean)


def pay_of_staff(state: "State") -> Floats:
    """The quarter's pay of every park's people."""
    staff, size = state.staff, state.departments.size
    worked_in = np.where(staff.worked, staff.worked_in, 0)
    by_department = sum_by(np.asarray(staff.pay), worked_in, size, staff.worked)
    return np.asarray(by_department[state.parks.department])


def new_heads(state: "State") -> Rows:
    """Parks whose head came this quarter; none where parks have no staff."""
    staff = state.staff
    new = staff.post[staff.on_post & (staff.hired_quarter == state.quarter)]
    return np.flatnonzero(np.isin(state.parks.head_post, new))


def dismiss(state: "State", parks: Mask) -> None:
    """The heads of these parks go (市场化退出); their posts are bid for as soon as posts are filled."""
    if not state.holds("workforce"):
        posts = state.parks.head_post[parks]
        state.leave(np.flatnonzero(np.isin(state.staff.post, posts)), "dismissed")
