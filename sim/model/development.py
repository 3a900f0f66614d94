"""The new cities grow and are ranked in the municipality."""

import numpy as np

from sim.core.groups import ratio, sum_by
from sim.model.organs import department_posts
from sim.model.parks import operate, park_results
from sim.model.services import serve
from sim.model.state import State
from sim.response.municipality import Sources, ar1, growth_rates, municipal_rank
from sim.settings.terms import Kind


def develop(state: State) -> None:
    """Matters are served, parks operated; growth follows, and a rank among the municipal units."""
    serve(state)
    operate(state)
    departments, staff, growth = state.departments, state.staff, state.world.growth
    economic = departments.kind == Kind.ECONOMIC
    worked = staff.worked
    output = sum_by(np.asarray(staff.output), np.where(worked, staff.worked_in, 0), departments.size, worked)
    organisation, number = np.asarray(departments.organisation), state.organisations
    delivered = sum_by(output, organisation, number, economic)
    posts = sum_by(departments.posts.astype(float), organisation, number, economic)
    there = department_posts(state).reshape(-1, number).sum(axis=0)
    posts = posts * ratio(state.authorised_by_organisation, there, 1.0)
    usual = 1 + state.behaviour.ability.output_sd * state.population.mean_ability
    a_post = np.where(posts > 0, delivered / np.where(posts > 0, posts, 1.0), usual)
    luck = state.draws.normal("growth_shock", state.quarter, state.growth_stream)
    state.growth_shock = ar1(state.growth_shock, state.world.municipality.persistence, luck)
    shape = (state.replications.size, state.organisations_each)
    state.growth = growth_rates(
        growth,
        Sources(
            extra_output=a_post.reshape(shape)[:, :-1] - usual,
            extra_autonomy=state.structure.powers.economic_share
            - state.scenario.structure.powers.economic_share,
            delay=state.service.economic.turnaround,
            parks=park_results(state),
            shock=state.growth_shock,
        ),
    )
    peers = growth.base + growth.shock_sd * state.peers.step_growth(state.draws, state.quarter)
    state.municipal_rank = municipal_rank(state.growth, peers)
