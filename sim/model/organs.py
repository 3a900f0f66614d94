"""Departments merge and split, posts are added (ODD.md §7.16, 7.19)."""

from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Counts, Rows
from sim.core.groups import positions_in_runs
from sim.people.founding import department_streams, departments_by_kind, half_up, post_comfort
from sim.settings.terms import AREA_LEVEL, NOBODY, Kind

if TYPE_CHECKING:
    from sim.model.state import State
    from sim.settings.place import Structure


def reorganise(state: "State", structure: "Structure") -> None:
    """A new structure comes into force: departments merge, and output suffers for a while."""
    state.structure = structure
    state.transition_ends = state.quarter + structure.transition.quarters
    foreseen = _foreseen(state)
    dissolved: list[int] = []
    targets: list[int] = []
    homeless: list[int] = []
    for organisation in range(state.organisations):
        for kind in Kind:
            rows = _open(state, organisation, kind)
            left = foreseen[organisation % state.organisations_each][kind]
            if left == 0:
                homeless += rows.tolist()
            elif left < rows.size:
                dissolved += rows[left:].tolist()
                targets += rows[np.arange(left, rows.size) % left].tolist()
    _house(state, homeless, dissolved, targets)
    merge(state, np.array(dissolved, dtype=np.intp), np.array(targets, dtype=np.intp))
    place = state.departments.organisation[dissolved] // state.organisations_each
    of_body = np.arange(state.bodies) % state.organisations // state.organisations_each
    state.restore_authorised(np.isin(of_body, place))


def _foreseen(state: "State") -> list[dict[Kind, int]]:
    """Departments by kind that the structure gives each organisation."""
    world = state.world
    by_kind = departments_by_kind(world, state.structure)
    names = (*world.new_cities, AREA_LEVEL)
    return [{kind: by_kind[name, kind.name.lower()] for kind in Kind} for name in names]


def _open(state: "State", organisation: int, kind: Kind | None = None) -> Rows:
    """Open departments of an organisation, by number."""
    departments = state.departments
    found = departments.open & (departments.organisation == organisation)
    return np.flatnonzero(found if kind is None else found & (departments.kind == kind))


def _house(state: "State", homeless: list[int], dissolved: list[int], targets: list[int]) -> None:
    """Departments of a kind that their organisation no longer has go to the area level's of that kind."""
    departments, each = state.departments, state.organisations_each
    counters: dict[tuple[int, int], int] = {}
    leaving = {*homeless, *dissolved}
    homeless = sorted(homeless, key=lambda row: (departments.replication[row], departments.number[row]))
    for row in homeless:
        own, kind = int(departments.organisation[row]), Kind(int(departments.kind[row]))
        turn = counters.get((own // each, kind), 0)
        counters[own // each, kind] = turn + 1
        area_level = (own // each + 1) * each - 1
        hosts = [host for host in _open(state, area_level, kind).tolist() if host not in leaving]
        hosts = hosts or [host for host in _open(state, own).tolist() if host not in leaving]
        if hosts:
            dissolved.append(row)
            targets.append(hosts[turn % len(hosts)])


def merge(state: "State", dissolved: Rows, targets: Rows) -> None:
    """Each of `dissolved` becomes part of the department beside it in `targets`."""
    if not dissolved.size:
        return
    departments, posts, staff = state.departments, state.posts, state.staff
    becomes = np.arange(departments.size)
    becomes[dissolved] = targets
    departments.posts[:] = np.bincount(becomes, weights=departments.posts, minlength=departments.size)
    departments.open[dissolved] = False
    staff.last_department[:] = np.where(
        staff.last_department >= 0, becomes[staff.last_department], staff.last_department
    )
    moved = np.flatnonzero(np.isin(posts.department, dissolved))
    posts.indicator[moved] = False
    posts.department[moved] = becomes[posts.department[moved]]
    posts.organisation[moved] = departments.organisation[posts.department[moved]]
    _move_people(state, np.flatnonzero(np.isin(staff.department, dissolved)))
    waiting = np.flatnonzero(staff.in_reservoir)
    state.change_regime(waiting, departments.regime[staff.last_department[waiting]])


def _move_people(state: "State", rows: Rows) -> None:
    """People follow their posts into another department."""
    staff, posts = state.staff, state.posts
    moves = state.moves(rows, posts.department[staff.post[rows]])
    staff.department[rows] = posts.department[staff.post[rows]]
    staff.organisation[rows] = posts.organisation[staff.post[rows]]
    staff.displaced[rows] = state.quarter
    before = np.array(staff.regime[rows])
    state.change_department(rows)
    abroad = rows[staff.regime[rows] != before]
    state.set_rank(abroad, state.rank_taken(staff.post[abroad], staff.rank[abroad]))
    state.record("merged", rows, **moves)


def split(state: "State", row: int) -> None:
    """Every second post of a department, and whoever holds it, goes to a new department."""
    departments, posts = state.departments, state.posts
    here = np.flatnonzero(posts.department == row)
    going, staying = here[1::2], here[0::2]
    new = _append_department(state, row, going.size)
    departments = state.departments
    departments.posts[row] = staying.size
    posts.department[going] = new
    posts.indicator[going] = False
    posts.indicator[_first_of_staff(state, going)] = True
    if not posts.indicator[staying].any():
        posts.indicator[_first_of_staff(state, staying)] = True
    _move_people(state, np.flatnonzero(np.isin(state.staff.post, going)))


def _first_of_staff(state: "State", posts: Rows) -> int:
    """The first post that is no manager's, else the first."""
    staff_posts = posts[~state.posts.manager[posts]]
    return int(staff_posts[0] if staff_posts.size else posts[0])


def _append_department(state: "State", like: int, posts: int) -> int:
    """A new department like another one, with tasks, rater and luck of its own."""
    departments = state.departments
    replication = departments.replication[like]
    number = int(departments.number[departments.replication == replication].max()) + 1
    copied = (
        "replication",
        "organisation",
        "kind",
        "hard_share",
        "interdependence",
        "regime",
        "scale",
        "cut",
    )
    row = {name: departments[name][like] for name in copied} | {"number": number, "posts": posts}
    new = departments.append(row, 1).start
    state.department_stream = department_streams(departments)
    stream = state.department_stream[new:]
    draw = state.draws.normal
    departments.difficulty[new] = state.world.difficulty_sd * draw("difficulty", state.quarter, stream)[0]
    bias = state.behaviour.rating.group_bias_sd
    departments.rater_bias[new] = bias * draw("rater_bias", state.quarter, stream)[0]
    if state.peers.extend(state.draws, state.quarter, stream):
        departments.indicator[new] = draw("indicator", state.quarter, stream)[0]
    return int(new)


def add_posts(state: "State", rows: Rows, count: int) -> Rows:
    """Posts of the lowest rank, one by one, to that of the departments `rows` with the fewest; where each went."""
    departments, posts = state.departments, state.posts
    grown = np.zeros(count if rows.size else 0, dtype=np.intp)
    for one in range(grown.size):
        row = rows[np.argmin(departments.posts[rows])]
        replication = departments.replication[row]
        number = int(posts.number[posts.replication == replication].max(initial=-1)) + 1
        new = {
            "replication": replication,
            "number": number,
            "organisation": departments.organisation[row],
            "department": row,
            "vacant_since": state.quarter,
            "rank": 1,
        }
        at = posts.append(new, 1).start
        posts.comfort[at] = post_comfort(posts, state.draws, np.array([at]))[0]
        departments.posts[row] += 1
        grown[one] = row
    return grown


def drop_surplus_posts(state: "State") -> None:
    """Posts beyond the authorised headcount fall away when they are vacant: the lowest and newest first."""
    surplus = department_posts(state) - half_up(state.authorised)
    if (surplus <= 0).all():
        return
    posts = state.posts
    spare = (posts.vacant_since >= 0) & (posts.department >= 0) & ~posts.manager & ~posts.indicator
    rows, body = np.flatnonzero(spare), state.body_of_posts
    rows = rows[np.lexsort((-posts.number[rows], posts.rank[rows], body[rows]))]
    own = body[rows]
    gone = rows[positions_in_runs(own) < surplus[own]]
    state.departments.posts[:] -= np.bincount(posts.department[gone], minlength=state.departments.size)
    posts.department[gone] = NOBODY
    posts.vacant_since[gone] = NOBODY


def department_posts(state: "State") -> Counts:
    """Posts of each body's departments, shape (bodies,)."""
    return np.bincount(state.body_of_posts[state.posts.department >= 0], minlength=state.bodies)
