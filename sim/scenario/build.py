"""From laid-out layers to a checked scenario."""

from sim.scenario.messages import Problems
from sim.scenario.parts import origins_of, quarters_of, read_change, read_founding
from sim.scenario.rank_checks import check_ranks
from sim.scenario.reorganisation import check_quarters, check_structures
from sim.scenario.schema import Change, Scenario
from sim.scenario.timeline import Layers, Stage, stages


def build(layers: Layers, problems: Problems) -> Scenario | None:
    """The scenario, or None with every problem noted."""
    fields = read_founding(layers, problems)
    reached = stages(layers, problems)
    changes = [_change(stage, problems) for stage in reached]
    check_quarters([(stage.quarter, stage.place) for stage in reached], quarters_of(layers.base), problems)
    timeline = tuple(change for change in changes if change is not None)
    if not problems:
        places = [stage.place for stage in reached]
        check_structures(fields["world"], fields["structure"], timeline, places, problems)
    if problems:
        return None
    scenario = Scenario.model_validate({**fields, "timeline": timeline})
    check_ranks(scenario.world, scenario, timeline, layers.base, problems)
    if problems:
        return None
    trees = (layers.base, *(stage.tree for stage in reached))
    return scenario.with_origins(tuple(map(origins_of, trees)))


def _change(stage: Stage, problems: Problems) -> Change | None:
    fields = read_change(stage.tree, problems)
    if None in fields.values():
        return None
    return Change(quarter=stage.quarter, touched=stage.touched, **fields)
