"""What Mesa promises of a model and its agents holds here too, although the agents are views of rows."""

import copy
import multiprocessing
import pickle
from collections.abc import Iterator

import mesa
import numpy as np
import pytest

from sim.core.errors import UserError
from sim.model import NewAreaModel
from sim.outcomes import OUTCOMES
from sim.people.agents import AreaLevel, Department, Employee, NewCity
from sim.people.columns import DEPARTMENTS, STAFF
from tests.model.small import FOLDER, LATER, SMALL, area, assert_identical, at


@pytest.fixture
def model() -> NewAreaModel:
    """Three quarters after the reform, two replications."""
    return at(LATER, replications=range(2))


def test_it_is_a_mesa_model(model):
    assert isinstance(model, mesa.Model)
    assert (model.steps, model.time, model.state.quarter) == (LATER, LATER, LATER)


def test_everybody_and_everything_is_an_agent(model):
    employed = int(model.staff.employed.sum())
    counts = {kind: len(agents) for kind, agents in model.agents_by_type.items()}
    assert counts == {Employee: employed, Department: 26, NewCity: 10, AreaLevel: 2}
    assert len(model.agents) == employed + 38
    assert len(model.employees) == employed
    assert len(model.departments) == 26
    assert {one.name for one in model.new_cities} == set(model.settings.world.new_cities)
    assert set(model.agent_types) == set(counts)


def test_agents_have_ids_of_their_own(model):
    agents = list(model.agents)
    assert len({agent.unique_id for agent in agents}) == len(agents)
    assert list(model.agents) == agents


def test_agents_are_selected_grouped_and_summed_up(model):
    staff = model.staff
    juniors = model.employees.select(lambda one: one.rank == 1)
    assert len(juniors) == int((staff.employed & (staff.rank == 1)).sum())
    assert juniors.agg("ability", np.mean) == pytest.approx(
        staff.ability[staff.employed & (staff.rank == 1)].mean()
    )
    groups = model.employees.groupby("rank")
    assert {rank: len(group) for rank, group in groups} == {
        rank: int((staff.employed & (staff.rank == rank)).sum()) for rank in range(1, 7)
    }
    assert sorted(model.employees.get("person")) == sorted(staff.person[staff.employed].tolist())


def test_do_and_shuffle_do_reach_everybody(model):
    seen = []
    model.employees.do(lambda one: seen.append(one.key))
    in_order = list(seen)
    seen.clear()
    model.employees.shuffle_do(lambda one: seen.append(one.key))
    assert len(set(in_order)) == len(model.employees)
    assert sorted(seen) == sorted(in_order)
    assert seen != in_order


def test_writing_to_an_agent_writes_the_table(model):
    one = next(iter(model.employees))
    one.ability = 9.0
    assert model.staff["ability"][one.row] == 9.0
    model.employees.set("morale", -1.0)
    assert (model.staff.morale[model.staff.employed] == -1.0).all()
    office = next(iter(model.departments))
    office.difficulty = 0.25
    assert model.state.departments["difficulty"][office.row] == 0.25


def test_every_column_is_an_attribute(model):
    one, office = next(iter(model.employees)), next(iter(model.departments))
    for term in STAFF:
        assert hasattr(one, term.name), term.name
    for term in DEPARTMENTS:
        assert hasattr(office, term.name), term.name
    assert isinstance(one.rank, int)
    assert isinstance(one.leader, bool)
    assert isinstance(one.ability, float)


def test_agents_know_where_they_belong(model):
    for one in model.employees:
        if one.department is not None:
            assert one in one.department.employees
            assert one.department.organisation is one.organisation
            assert one.department in one.organisation.departments
        assert one in one.organisation.employees
    sizes = [len(one.employees) for one in {one.organisation for one in model.employees}]
    assert sum(sizes) == len(model.employees)


def test_a_new_city_has_its_own_growth(model):
    growth = {one.row: one.growth for one in model.new_cities}
    assert [growth[row] for row in sorted(growth)] == model.state.growth.ravel().tolist()


def test_people_in_the_reservoir_have_no_department():
    model = at(12, **{"regime.appraisal.incompetent_share": 0.1})
    waiting = model.employees.select(lambda one: one.in_reservoir)
    assert len(waiting) == int(model.staff.in_reservoir.sum()) > 0
    for one in waiting:
        assert one.department is None
        assert one.post == -1
        assert one.organisation.departments


def test_a_person_stays_the_same_while_rows_move():
    model = at(1)
    people = list(model.employees)
    before = {one.key: (one.age_quarters, one.row) for one in people}
    for _ in range(12):
        model.step()
    here = [one for one in people if one in model.agents]
    assert len(here) > 30
    assert any(one.row != before[one.key][1] for one in here)
    for one in here:
        assert one.age_quarters == before[one.key][0] + 12
        assert (model.staff.replication[one.row], model.staff.person[one.row]) == one.key


def test_leavers_vanish():
    model = at(1)
    people = list(model.employees)
    for _ in range(12):
        model.step()
    gone = [one for one in people if one not in model.agents]
    left = model.tables()["events"].query("event in ['resigned', 'retired', 'dismissed', 'not_renewed']")
    assert {one.key for one in gone} == set(map(tuple, left[["replication", "person"]].to_numpy())) & {
        one.key for one in people
    }
    assert len(gone) > 5
    assert not set(gone) & set(model.employees)
    with pytest.raises(LookupError, match="has left"):
        _ = gone[0].ability


def test_remove_means_leaving():
    """The person resigns; the post is vacant and filled again; the books close."""
    model = at(5)
    one = next(one for one in model.employees if one.rank == 1)
    post, headcount = one.post, len(model.employees)
    one.remove()
    assert len(model.employees) == headcount - 1
    assert one not in model.agents
    assert model.state.posts.vacant_since[post] == 5
    model.run()
    events = model.tables()["events"]
    mine = events[events.person == one.key[1]]
    assert mine[mine.event != "missed"].event.tolist() == ["resigned"]
    assert events[(events.event == "hired") & (events.quarter > 5)].person.floordiv(10_000).eq(post).any()
    assert max(model.residuals.values()) < 1e-9
    staff = model.tables()["staff"].set_index("person")
    assert not staff.employed[one.key[1]]
    assert staff.left_quarter[one.key[1]] == mine[mine.event == "resigned"].quarter.item()


def test_removing_twice_is_leaving_once():
    model = at(5)
    one = next(iter(model.employees))
    one.remove()
    one.remove()
    model.run()
    events = model.tables()["events"]
    assert ((events.person == one.key[1]) & (events.event != "missed")).sum() == 1


def test_looking_changes_nothing():
    watched, unwatched = area(), area()
    while watched.running:
        watched.agents.shuffle_do(lambda agent: agent.unique_id)
        watched.employees.agg("ability", np.mean)
        watched.step()
    assert_identical(watched.tables(), unwatched.run().tables())


def test_the_data_collector_has_every_outcome_of_every_quarter(model):
    collected = model.datacollector.get_model_vars_dataframe()
    assert list(collected.columns) == list(OUTCOMES)
    assert len(collected) == LATER + 1
    recorded = model.tables()["area"].groupby("quarter").mean()
    for name in ("headcount", "output_per_post", "morale", "wage_bill"):
        assert collected[name].to_numpy() == pytest.approx(recorded[name].to_numpy(), nan_ok=True)


def test_running_stops_at_the_horizon():
    model = area(**{"horizon.quarters": 10})
    assert model.running
    model.run_model()
    assert (model.steps, model.running) == (10, False)
    assert model.tables()["area"].quarter.tolist() == list(range(11))


def test_on_quarter_is_told_every_quarter():
    seen = []
    model = area(**{"horizon.quarters": 10})
    model.run(lambda: seen.append(model.state.quarter))
    assert seen == list(range(1, 11))


def copies():
    yield "pickled", lambda model: pickle.loads(pickle.dumps(model))
    yield "deep copy", copy.deepcopy


@pytest.mark.parametrize("how", [pytest.param(make, id=name) for name, make in copies()])
@pytest.mark.parametrize("quarter", [0, 8, LATER])
def test_a_copy_goes_on_as_the_original(how, quarter):
    model = at(quarter, record=["departments", "events", "staff"])
    assert len(model.agents) > 100
    twin = how(model)
    assert len(twin.agents) == len(model.agents)
    assert_identical(twin.run().tables(), model.run().tables())
    assert twin.residuals == model.residuals
    assert twin.steps == model.steps == 16


def test_a_copy_is_its_own():
    model = at(LATER)
    twin = pickle.loads(pickle.dumps(model))
    next(iter(twin.employees)).ability = 99.0
    assert model.staff.ability.max() < 90
    twin.run()
    assert model.state.quarter == LATER


def test_two_models_side_by_side_do_not_touch():
    one, other = area("four_systems"), area("forced_ranking", rng=9)
    while one.running or other.running:
        one.step()
        other.step()
    assert_identical(one.tables(), area("four_systems").run().tables())
    assert_identical(other.tables(), area("forced_ranking", rng=9).run().tables())


@pytest.fixture
def _start_method() -> Iterator[None]:
    """`mesa.batch_run` changes how processes start, for everybody."""
    before = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.usefixtures("_start_method")
def test_batch_run_with_dotted_parameters():
    share = "regime.floating_pay.floating_share"
    settings = SMALL | {"horizon.quarters": 10}
    results = mesa.batch_run(
        NewAreaModel,
        {"scenario": str(FOLDER / "four_systems.yaml"), share: [0.1, 0.3], **settings},
        rng=[1, 2],
        display_progress=False,
    )
    assert len(results) == 4
    assert len({row["effort"] for row in results}) == 4
    for row, (seed, value) in zip(results, [(1, 0.1), (1, 0.3), (2, 0.1), (2, 0.3)], strict=True):
        assert (row["Step"], row[share]) == (10, value)
        directly = area(rng=seed, **{share: value, "horizon.quarters": 10}).run()
        assert row["effort"] == directly.tables()["area"].effort.iloc[-1]


def efforts(**options) -> list[float]:
    """The last effort of every run of a batch."""
    settings = SMALL | {"horizon.quarters": 3, "scenario": str(FOLDER / "civil_service.yaml")}
    rows = mesa.batch_run(NewAreaModel, settings, display_progress=False, **options)
    return [row["effort"] for row in rows]


@pytest.mark.usefixtures("_start_method")
@pytest.mark.filterwarnings("ignore:The `iterations`:DeprecationWarning")
def test_batches_without_seeds_are_runs_of_their_own():
    told = [*efforts(), *efforts(), *efforts(iterations=3), *efforts(rng=[None] * 3)]
    assert len(told) == 8
    assert len(set(told)) == 8
    assert efforts(rng=[4, 4, 5])[:2] == efforts(rng=[4, 4])
    assert len(set(efforts(rng=[[1, 2], [3]]))) == 2


def test_without_rng_the_scenario_s_seed_is_used():
    path, short = FOLDER / "civil_service.yaml", SMALL | {"horizon.quarters": 2}
    assert NewAreaModel(path, **short).settings.seed == NewAreaModel(path, **short).settings.seed == 1
    assert NewAreaModel(path, seed=8, **short).settings.seed == 8
    assert NewAreaModel(path, rng=None, seed=8, **short).settings.seed == 8
    with pytest.raises(UserError, match="seed and rng are both given"):
        NewAreaModel(path, rng=3, seed=8, **short)


KINDS = {
    "integer": lambda: 7,
    "numpy integer": lambda: np.int64(7),
    "digits, as a page's field gives them": lambda: "7",
    "integers": lambda: [7, 8],
    "a tuple": lambda: (2**100, 8),
    "an array": lambda: np.array([7, 8]),
    "a seed sequence": lambda: np.random.SeedSequence(7),
    "a bit generator": lambda: np.random.PCG64(7),
    "a generator": lambda: np.random.default_rng(7),
    "an old generator": lambda: np.random.RandomState(7),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_rng_seeds_the_run(kind):
    """The seed that was used is told, and gives the same run again."""
    short = {"horizon.quarters": 2}
    one, same = (
        area("civil_service", rng=KINDS[kind](), **short),
        area("civil_service", rng=KINDS[kind](), **short),
    )
    assert one.settings.seed == same.settings.seed == one.state.draws.seed
    again = area("civil_service", rng=one.settings.seed, **short)
    assert again.random.random() == one.random.random()
    assert_identical(one.run().tables(), again.run().tables())


def test_a_generator_gives_every_model_its_own_seed():
    generator = np.random.default_rng(7)
    seeds = {area("civil_service", rng=generator).settings.seed for _ in range(3)}
    assert len(seeds) == 3


@pytest.mark.parametrize(
    "wrong", [1.9, 2.0, float("nan"), np.float64(3.0), True, "soon", [1.5], [-1], {}, b"1"]
)
def test_a_wrong_rng_is_refused_in_words(wrong):
    with pytest.raises(UserError, match=r"^rng = .* is not an integer, a list of integers"):
        area(rng=wrong)


@pytest.mark.parametrize("far", [-1, 2**63, 2**70])
def test_an_integer_out_of_bounds_is_refused_with_the_bounds(far):
    with pytest.raises(UserError, match=r"seed = -?\d+ is (below|above|not below)"):
        area(rng=far)


def test_reset_rng_changes_the_luck_to_come_and_nothing_before():
    one, other = area(), area()
    for model in (one, other):
        model.step()
    other.reset_rng(99)
    assert (one.settings.seed, other.settings.seed) == (5, 99)
    draw = other.rng.random()
    assert draw == np.random.default_rng(99).random()
    mine, theirs = one.run().tables()["area"], other.run().tables()["area"]
    assert mine[mine.quarter <= 1].equals(theirs[theirs.quarter <= 1])
    assert not mine[mine.quarter == 3].equals(theirs[theirs.quarter == 3])


def test_reset_rng_without_a_seed_keeps_the_luck():
    one, other = area(), area()
    first = other.rng.random()
    other.reset_rng()
    assert other.rng.random() == first
    assert_identical(one.run().tables(), other.run().tables())
    with pytest.raises(UserError, match=r"rng = 1\.5 is not"):
        other.reset_rng(1.5)


def test_a_scenario_of_mesa_s_is_refused_by_its_whole_name():
    from mesa.experimental.scenarios import Scenario

    with pytest.raises(UserError, match=r"or a Scenario, not mesa\.experimental\.scenarios"):
        NewAreaModel(Scenario(rng=3))
    assert area("civil_service").scenario is None  # else Mesa's page would hand such a scenario over


class Silent(NewAreaModel):
    """Brings a collector and leaves the rest to the model."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.datacollector = mesa.DataCollector({"people": lambda model: int(model.staff.employed.sum())})


class Collecting(Silent):
    """Collects after each step, as Mesa's own examples do."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.datacollector.collect(self)

    def step(self):
        super().step()
        self.datacollector.collect(self)


class Early(Silent):
    """Collects before each step, as Mesa's older examples do."""

    def step(self):
        self.datacollector.collect(self)
        super().step()


class OfAgents(Silent):
    """Asks agents only."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.datacollector = mesa.DataCollector(agenttype_reporters={NewCity: {"growth": "growth"}})


@pytest.mark.parametrize(("kind", "first"), [(Silent, 1), (Collecting, 0), (Early, 1)])
def test_a_collector_of_one_s_own_has_one_row_a_step(kind, first):
    model = kind(FOLDER / "civil_service.yaml", **(SMALL | {"horizon.quarters": 6}))
    model.run_model()
    assert model.datacollector._collection_steps == list(range(first, 7))
    assert len(model.datacollector.get_model_vars_dataframe()) == 7 - first


def test_a_collector_of_agents_has_one_row_an_agent_and_step():
    model = OfAgents(FOLDER / "civil_service.yaml", **(SMALL | {"horizon.quarters": 3}))
    model.run_model()
    rows = model.datacollector.get_agenttype_vars_dataframe(NewCity)
    assert len(rows) == 3 * len(model.new_cities)


def test_mesa_s_page_makes_the_model_again():
    """The controls of `SolaraViz`, Reset pressed: a new model of the same scenario, with the page's settings."""
    solara = pytest.importorskip("solara")
    from ipyvuetify import Btn
    from mesa.visualization.solara_viz import ModelController, ModelCreator

    share = "regime.floating_pay.floating_share"
    fixed = SMALL | {"scenario": str(FOLDER / "four_systems.yaml"), "horizon.quarters": 10}
    slider = {"type": "SliderFloat", "value": 0.3, "min": 0.1, "max": 0.5, "label": "share"}
    seed = {"type": "InputText", "value": "12", "label": "seed"}
    shown = solara.reactive(NewAreaModel(**fixed))
    before = shown.value
    before.step()

    @solara.component
    def page():
        chosen = solara.use_reactive({})
        with solara.Column():
            ModelController(shown, model_parameters=chosen)
            ModelCreator(shown, fixed | {share: slider, "rng": seed}, model_parameters=chosen)

    _, rendered = solara.render(page(), handle_error=False)
    try:
        rendered.find(Btn, children=["Reset"]).widget.click()
    finally:
        rendered.close()
    after = shown.value
    assert after is not before
    assert (before.steps, after.steps, after.settings.seed) == (1, 0, 12)
    assert after.settings.name == "four_systems"
    assert after.settings.at(9).regime.floating_pay.floating_share == 0.3
