"""Whether the parts of a scenario speak of the same ranks."""

from collections.abc import Sequence

from sim.scenario.messages import Problems
from sim.scenario.node import Node, nearest
from sim.scenario.phases import Phase
from sim.settings.place import World
from sim.settings.ranks import USUAL_RANKS


def check_ranks(world: World, phases: Sequence[Phase], tree: Node, problems: Problems) -> None:
    """Pay and the founders of groups need a value for each rank, skills a profile for each role.

    A roster has the usual ranks and no staff of parks.

    Args:
        phases: what is in force from the founding on, whose ranks stay, and later.
        tree: where something may be written of it.
    """
    ranks = phases[0].structure.ranks
    for regime in (regime for phase in phases for regime in phase.regimes):
        paid = regime.salaries.ranks_paid
        if paid not in (0, ranks.number):
            at = nearest(tree, ("regime", "salaries", "rank_pay")).place
            text = f"regime.salaries.rank_pay: {paid} values for {ranks.number} ranks"
            problems.add(at, f"{text} (structure.ranks, leaders' the last); one is needed for each")
    for name, group in world.people.groups.items():
        if len(group.at_founding) not in (0, ranks.number):
            path = ("world", "people", "groups", name, "at_founding")
            text = f"{len(group.at_founding)} values for {ranks.number} ranks (structure.ranks, leaders' the last)"
            problems.add(nearest(tree, path).place, f"{'.'.join(path)}: {text}; one is needed for each")
    for phase in phases:
        _check_profiles(phase, ranks.number, tree, problems)
    if world.roster and ranks != USUAL_RANKS:
        at = nearest(tree, ("structure", "ranks")).place
        problems.add(
            at, "structure.ranks: a roster (world.roster) has ranks 1 to 6; leave structure.ranks out"
        )
    if world.roster and phases[0].structure.parks.staff:
        text = "structure.parks.staff: a roster (world.roster) says which people there are"
        problems.add(
            nearest(tree, ("structure", "parks", "staff")).place, f"{text}; leave structure.parks.staff out"
        )


def _check_profiles(phase: Phase, ranks: int, tree: Node, problems: Problems) -> None:
    """Where skills stay, every role needs a profile."""
    terms = phase.behaviour.ability
    if terms.role_change != "skills":
        return
    by_rank, profiles = terms.role_change_by == "rank", len(terms.skills.profiles)
    roles = ranks if by_rank else 2
    if profiles != roles:
        at = nearest(tree, ("behaviour", "ability", "skills", "profiles")).place
        whose = (
            "ranks (structure.ranks, leaders' the last; role_change_by rank)"
            if by_rank
            else "roles, staff and managers (role_change_by tier)"
        )
        text = f"behaviour.ability.skills.profiles: {profiles} lists of weights for {roles} {whose}"
        problems.add(at, f"{text}; one is needed for each")
