"""What a study file names has to be there: its baseline, its outcomes, the scenarios and outcomes of its headlines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.core.errors import UserError
from sim.core.text import did_you_mean
from sim.outcomes import OUTCOMES
from sim.scenario.messages import Problems, show
from sim.scenario.node import Node

if TYPE_CHECKING:
    from sim.lab.designs.study_file import Header


def baseline_of(header: "Header", names: Sequence[str], node: Node, problems: Problems) -> str | None:
    """The scenario that the others are compared with; None where there is only one."""
    if header.baseline and names and header.baseline not in names:
        text = f"baseline = {show(header.baseline)} is not among the scenarios{did_you_mean(header.baseline, names)}"
        problems.add(node.value["baseline"].place, text)
    if len(names) < 2:
        return None
    return header.baseline if header.baseline in names else names[0]


def check_outcomes(header: "Header", rule: Any, node: Node, problems: Problems) -> None:
    """Note outcomes that there are not, or that the study does not keep."""
    named = [("outcomes", name) for name in header.outcomes]
    named += [("smallest_effects", name) for name in header.smallest_effects]
    named += [("replications", name) for name in getattr(rule, "half_widths", ())]
    for where, name in named:
        if trouble := _missing(header, name):
            problems.add(node.value[where].place, f"{where}: {trouble}")


def check_headlines(header: "Header", compared: Sequence[str], node: Node, problems: Problems) -> None:
    """Note headlines that cannot be read, or that are about what the study does not compare or keep."""
    from sim.lab.estimates.headlines import headline_of

    for number, text in enumerate(header.headlines):
        place = node.value["headlines"].value[number].place
        try:
            one = headline_of(text)
        except UserError as error:
            problems.add(place, str(error))
            continue
        if one.scenario not in compared:
            close = did_you_mean(one.scenario, compared)
            problems.add(place, f"headlines: {one.scenario} is not compared with the baseline{close}")
        if trouble := _missing(header, one.outcome):
            problems.add(place, f"headlines: {trouble}")


def _missing(header: "Header", outcome: str) -> str:
    """Why an outcome is not there; "" if it is."""
    if outcome not in OUTCOMES:
        return f"there is no outcome {outcome}{did_you_mean(outcome, OUTCOMES)}"
    if header.outcomes and outcome not in header.outcomes:
        return f"{outcome} is not among the study's outcomes"
    return ""
