"""From laid-out layers to a checked scenario."""

from sim.scenario.messages import Problems
from sim.scenario.parts import change_of, origins_of, quarters_of, read_founding
from sim.scenario.rank_checks import check_ranks
from sim.scenario.reorganisation import check_places, check_quarters, check_structures
from sim.scenario.schema import Scenario
from sim.scenario.stages import stages
from sim.scenario.timeline import Layers


def build(layers: Layers, problems: Problems) -> Scenario | None:
    """The scenario, or None with every problem noted."""
    fields = read_founding(layers, problems)
    reached = stages(layers, problems)
    changes = [change_of(stage, problems) for stage in reached]
    check_quarters([(stage.quarter, stage.place) for stage in reached], quarters_of(layers.base), problems)
    timeline = tuple(change for change in changes if change is not None)
    if not problems:
        places = [stage.place for stage in reached]
        check_structures(fields["world"], fields["structure"], timeline, places, problems)
        check_places(fields["world"], reached, timeline, problems)
    if problems:
        return None
    scenario = Scenario.model_validate({**fields, "timeline": timeline})
    check_ranks(scenario.world, scenario.phases, layers.base, problems)
    if problems:
        return None
    trees = (layers.base, *(stage.tree for stage in reached))
    return scenario.with_origins(tuple(map(origins_of, trees)))
