"""A roster founds the area: its people in its posts, in every replication, and a simulation like any other."""

import csv
import random
from functools import cache

import numpy as np
import pytest

from sim.model import NewAreaModel
from sim.people.roster import roster_of
from tests.model.small import FOLDER, ROSTER, SMALL, assert_identical, of_replication, residuals

GRADES = {"": -1, "none": -1, "incompetent": 0, "basically_competent": 1, "competent": 2, "excellent": 3}
EVERYTHING = {"record": ["departments", "events", "staff"], "horizon.quarters": 16}


def model_of(replications=(0,), **settings):
    return NewAreaModel(
        FOLDER / f"{ROSTER}.yaml", rng=5, replications=replications, **(EVERYTHING | settings)
    )


@cache
def lines():
    text = (FOLDER / "rosters" / "example.csv").read_text(encoding="utf-8").splitlines()
    return {line["id"]: line for line in csv.DictReader(line for line in text if not line.startswith("#"))}


def founders(model):
    """Line of the roster and row of the staff table, by id."""
    people = roster_of(model.state.world).people()
    row = {int(person): place for place, person in enumerate(model.staff["person"])}
    return [(lines()[name], row[person]) for name, person in people.items()]


def test_everybody_of_the_roster_is_there_and_nobody_else():
    model = model_of()
    held = {name for name, line in lines().items() if line["status"]}
    assert set(roster_of(model.state.world).people()) == held
    assert model.staff.size == len(held) == 63


def test_people_are_where_and_what_the_roster_says():
    model = model_of()
    staff, names = model.staff, ("north_shore", "south_shore", "area_level")
    for line, row in founders(model):
        assert names[staff["organisation"][row]] == line["organisation"]
        assert staff["rank"][row] == int(line["rank"])
        assert staff["manager"][row] == (line["rank"] in "45")
        assert staff["leader"][row] == (line["rank"] == "6")
        assert staff["contract"][row] == (line["status"] == "contract")
        assert staff["grade"][row] == GRADES[line["grade_last"]]
        for column, name in (
            ("age_quarters", "age_years"),
            ("service_quarters", "service_years"),
            ("quarters_in_department", "years_in_department"),
            ("quarters_in_rank", "years_in_rank"),
        ):
            assert staff[column][row] == 4 * float(line[name])


def test_colleagues_of_the_roster_share_a_department_of_its_kind_and_size():
    model = model_of()
    staff, departments = model.staff, model.departments_table
    numbers = {}
    for line, row in founders(model):
        if line["department"]:
            numbers.setdefault((line["organisation"], line["department"]), set()).add(
                staff["department"][row]
            )
            kind = ("economic", "social", "administrative")[departments["kind"][staff["department"][row]]]
            assert kind == line["department_kind"]
    assert len(numbers) == departments.size == 6
    assert all(len(found) == 1 for found in numbers.values())
    for (organisation, department), found in numbers.items():
        of_it = [
            x for x in lines().values() if (x["organisation"], x["department"]) == (organisation, department)
        ]
        assert departments["posts"][found.pop()] == len(of_it)


def test_a_line_without_a_person_is_a_vacant_post_that_is_filled_from_outside():
    model = model_of()
    posts = model.state.posts
    vacant = np.flatnonzero(posts.vacant_since >= 0)
    assert vacant.size == 3
    assert (posts.occupants[vacant] == 0).all()
    assert not np.isin(vacant, model.staff["post"]).any()
    for _ in range(3):
        model.step()
    assert (posts.vacant_since[vacant] < 0).all()


def test_who_answers_for_the_indicator():
    model = model_of()
    posts, entries = model.state.posts, roster_of(model.state.world).entries
    holders = np.flatnonzero(posts.indicator)
    assert sorted(posts.department[holders]) == list(range(6))
    for place in holders:
        named = [e.id for e in entries if e.department == entries[place].department and e.indicator]
        assert [entries[place].id] == named or (not named and entries[place].rank == 3)


def test_replications_have_the_same_people_and_other_abilities():
    staff = model_of(range(3)).staff
    each = [{name: staff[name][staff["replication"] == k] for name in staff.names} for k in range(3)]
    for name in (
        "person",
        "rank",
        "age_quarters",
        "service_quarters",
        "contract",
        "grade",
        "quarters_in_post",
    ):
        assert (each[0][name] == each[1][name]).all()
        assert (each[0][name] == each[2][name]).all()
    assert (each[0]["ability"] != each[1]["ability"]).all()


def test_a_replication_is_the_same_alone_and_in_company():
    company = model_of(range(1, 5)).run().tables()
    for number in (1, 3):
        assert_identical(model_of([number]).run().tables(), of_replication(company, number))


def test_the_order_of_the_lines_does_not_matter(tmp_path):
    text = (FOLDER / "rosters" / "example.csv").read_text(encoding="utf-8").splitlines()
    comments, names, rows = text[:2], text[2], text[3:]
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([*comments, names, *reversed(rows)]), encoding="utf-8")
    assert_identical(model_of(**{"world.roster": str(turned)}).run().tables(), model_of().run().tables())


def test_the_books_balance_and_clocks_agree():
    model = model_of(range(2), **{"behaviour.quits.base_contract": 0.15}).run()
    assert residuals(model) == {}
    panel = model.tables()["staff_panel"]
    panel = panel[panel.employed]
    assert (panel.quarters_in_post <= panel.quarters_in_department).all()
    assert (panel.quarters_in_department <= panel.service_quarters).all()
    assert (panel.age_quarters < 60 * 4).all()
    quarters = model.tables()["quarters"]
    assert set(quarters.posts) == {24, 21}
    assert (quarters.at_work + quarters.reservoir <= quarters.posts - 2).all()


def test_statuses_last_until_a_regime_appoints_everybody_by_contract():
    panel = model_of().run().tables()["staff_panel"]
    staff = panel[panel.employed & ~panel.leader]
    before = staff[(staff.quarter <= 8) & (staff.hired_quarter == 0)]
    assert 0 < before.contract.mean() < 0.5
    assert (before.groupby("person").contract.nunique() == 1).all()
    assert staff[staff.quarter > 8].contract.all()


def test_a_founding_regime_of_contracts_is_for_everybody():
    model = NewAreaModel(FOLDER / f"{ROSTER}.yaml", rng=5, **{"world.people.retirement_age": 61.0})
    assert not model.staff["contract"].all()
    founded = NewAreaModel(
        {
            "world": {"new_cities": ["north_shore", "south_shore"], "roster": model.state.world.roster},
            "regime": {"appointment": {"kind": "contract"}},
        },
        rng=5,
    )
    assert (founded.staff["contract"] != founded.staff["leader"]).all()


@pytest.mark.parametrize("year", [1, 3])
def test_other_calendars(year):
    model = model_of(**{"calendar.quarters_per_year": year, "horizon.start": "2020Q1"})
    for line, row in founders(model):
        assert model.staff["age_quarters"][row] == int(float(line["age_years"]) * year)
    assert residuals(model.run()) == {}


def test_a_new_city_without_anybody_is_simulated():
    model = model_of(
        **{"world.new_cities": ["north_shore", "south_shore", "airfield"], "horizon.quarters": 10}
    ).run()
    table = model.tables()["quarters"]
    assert (table[table.organisation == "airfield"].posts == 0).all()
    assert residuals(model) == {}


# ---- what nobody knows


def gaps(share, seed, replications=range(4), **settings):
    """The roster of the example with a share of what it knows of people left out, at the founding."""
    known, r = model_of().settings, random.Random(seed)
    text = []
    for line in known.world.roster.split("\n"):
        values = line.split(",")
        if len(values) > 11 and values[5] in ("established", "contract"):
            values[6:12] = ["" if r.random() < share else value for value in values[6:12]]
        text.append(",".join(values))
    scenario = known.with_(**{"world.roster": "\n".join(text)}, **settings)
    return NewAreaModel(scenario, rng=5, replications=replications)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_drawn_fits_what_is_known(seed):
    model = gaps(0.5, seed)
    staff, roster = model.staff, roster_of(model.state.world)
    age, service = staff["age_quarters"], staff["service_quarters"]
    assert (age < 60 * 4).all()
    assert (service <= age - 16 * 4).all()
    assert (staff["quarters_in_department"] <= service).all()
    assert (staff["quarters_in_rank"] <= service).all()
    years = roster.years(np.asarray(model.state.posts.number)[staff["post"]])
    for place, name in enumerate(
        ("age_quarters", "service_quarters", "quarters_in_department", "quarters_in_rank")
    ):
        known = ~np.isnan(years[:, place])
        assert (staff[name][known] == np.floor(4 * years[known, place])).all()
    assert residuals(model) == {}


def test_what_is_drawn_differs_between_replications_and_people():
    staff = gaps(1.0, 1).staff
    ages = staff["age_quarters"].reshape(4, -1)
    assert len(set(ages[0])) > 20
    assert (ages[0] != ages[1]).any()


def test_last_grades_are_drawn_by_the_shares_that_are_stated():
    model = gaps(1.0, 1, range(200), **{"world.people.last_grades": [0.1, 0.2, 0.3, 0.4]})
    staff = model.staff
    graded = ~staff["leader"] & (staff["service_quarters"] >= 4)
    shares = np.bincount(staff["grade"][graded], minlength=4) / graded.sum()
    assert np.abs(shares - [0.1, 0.2, 0.3, 0.4]).max() < 0.02  # 10,000 draws: four SD and more
    assert (staff["grade"][staff["leader"]] == -1).all()


def test_a_draw_belongs_to_a_person_and_not_to_the_gaps_of_others():
    alone, together = gaps(0.2, 3), gaps(0.2, 3, range(2, 4))
    later = alone.staff["replication"] >= 2
    assert (alone.staff["age_quarters"][later] == together.staff["age_quarters"]).all()


def test_pay_of_the_roster_is_in_the_tables():
    run = model_of(range(2)).run().tables()
    for name in ("staff", "staff_panel"):
        founders = run[name][run[name].roster_id.notna()]
        for row in founders.drop_duplicates("roster_id").itertuples():
            assert row.roster_pay == float(lines()[row.roster_id]["annual_pay"])
        assert (run[name][run[name].roster_id.isna()].roster_pay == -1).all()


def pay_ratios(model, replication):
    staff = model.staff
    mine = staff["replication"] == replication
    return staff["roster_pay"][mine] / staff["normal_pay"][mine]


def test_unknown_pay_is_what_somebody_known_gets_for_the_scale():
    known, some = model_of(range(4)), gaps(0.5, 2)
    roster = roster_of(some.state.world)
    paid = roster.pay(np.asarray(some.state.posts.number)[some.staff["post"]])
    drawn = np.isnan(paid)
    assert 20 < drawn[some.staff["replication"] == 0].sum() < 45
    assert (some.staff["roster_pay"][~drawn] == paid[~drawn]).all()
    for number in range(4):
        mine, ratios = some.staff["replication"] == number, pay_ratios(some, number)
        pool = ratios[~drawn[mine]]
        distances = np.abs(ratios[drawn[mine]][:, None] / pool[None, :] - 1).min(axis=1)
        assert distances.max() < 1e-12
    unlike = some.staff["roster_pay"].reshape(4, -1)
    assert (unlike[0] != unlike[1]).any()
    assert (known.staff["roster_pay"] > 1000).all()


def test_where_no_pay_is_known_it_is_that_of_the_scale():
    staff = gaps(1.0, 1).staff
    assert (staff["roster_pay"] == staff["normal_pay"]).all()


def test_pay_in_a_roster_moves_nothing():
    """It is recorded; the scale of the regime pays everybody (ODD 6)."""
    scenario = model_of().settings
    text = []
    for line in scenario.world.roster.split("\n"):
        values = line.split(",")
        if len(values) > 11 and values[11].replace(".", "").isdigit():
            values[11] = str(3 * float(values[11]))
        text.append(",".join(values))
    other = scenario.with_(**{"world.roster": "\n".join(text)})
    tables = NewAreaModel(scenario, rng=5).run().tables(), NewAreaModel(other, rng=5).run().tables()
    staff = [table.pop("staff") for table in tables]
    panel = [table.pop("staff_panel") for table in tables]
    assert_identical(*tables)
    for one, three in (staff, panel):
        founders = one.roster_id.notna()
        assert founders.any()
        assert np.allclose(three.roster_pay[founders], 3 * one.roster_pay[founders])
        assert_identical({"it": one.drop(columns="roster_pay")}, {"it": three.drop(columns="roster_pay")})


# ---- the way back


def test_ids_and_names_of_departments_are_in_every_table():
    tables = model_of(range(2)).run().tables()
    for name in ("staff", "events", "staff_panel"):
        table = tables[name]
        founders = table[table.person % 10_000 == 0]
        known = founders.roster_id.notna()
        assert known.any()
        assert table[table.person % 10_000 != 0].roster_id.isna().all()
        for row in founders[known].drop_duplicates("roster_id").itertuples():
            assert row.roster_id in lines()
    first = tables["staff_panel"].query("quarter == 0 and not leader")
    for row in first.itertuples():
        assert row.department_name == lines()[row.roster_id]["department"]
        assert row.organisation == lines()[row.roster_id]["organisation"]
    names = {name["department"] for name in lines().values() if name["department"]}
    assert set(tables["departments"].department_name) == names
    vacant = [name for name, line in lines().items() if not line["status"]]
    assert not tables["staff"].roster_id.isin(vacant).any()


def test_moves_name_the_departments_left_and_entered():
    events = model_of(range(2)).run().tables()["events"]
    moves = events[events.event.isin(["promoted", "demoted", "reposted", "returned"])]
    assert len(moves) > 5
    names = dict(zip(events.department, events.department_name.astype(object), strict=True))
    for side in ("left", "entered"):
        inside = moves[moves[f"department_{side}"] >= 0]
        told = inside[f"department_{side}_name"].astype(object).tolist()
        assert told == [names[number] for number in inside[f"department_{side}"]]
        others = events[~events.index.isin(moves.index)]
        assert others[f"department_{side}_name"].isna().all()


def test_without_a_roster_tables_have_no_such_columns():
    tables = NewAreaModel(None, rng=1, **SMALL).tables()
    assert not {"roster_id", "roster_pay", "department_name"} & set(tables["staff"].columns)


@pytest.mark.parametrize("heads", [0, 2])
def test_departments_without_a_head_or_with_two_run(heads, tmp_path):
    rows = [dict(line) for line in lines().values()]
    office = [row for row in rows if row["department"] == "office"]
    for place, row in enumerate(office):
        row["rank"] = "5" if place < heads else "2"
    file = tmp_path / "staff.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    model = model_of(**{"world.roster": str(file)}).run()
    assert residuals(model) == {}
    assert heads in roster_of(model.state.world).heads
