"""The way back from a result to a roster: ids in traces, gaps in reports, and nothing of an anonymous one."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from sim.cli import app
from sim.core.errors import UserError
from sim.scenario.roster.remarks import remarks

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

SHIPPED = Path(__file__).parents[3] / "scenarios"
SHORT = {"horizon.quarters": 10, "replications": 2, "record": ["events", "staff", "departments"]}


def scenario_with(folder: Path, told: str, change=lambda text: text) -> Path:
    text = (SHIPPED / "rosters" / "example.csv").read_text(encoding="utf-8")
    (folder / "private").mkdir()
    (folder / "private" / "staff.csv").write_text(change(text), encoding="utf-8")
    for one in ("four_systems", "civil_service"):
        (folder / f"{one}.yaml").write_text(
            (SHIPPED / f"{one}.yaml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    file = folder / "mine.yaml"
    file.write_text(
        "extends: four_systems.yaml\n"
        f"world: {{new_cities: [north_shore, south_shore], roster: {{file: private/staff.csv{told}}}}}\n",
        encoding="utf-8",
    )
    return file


def test_a_person_is_followed_by_the_id_of_the_roster(tmp_path):
    scenario = sim.load(scenario_with(tmp_path, ""), set=SHORT)
    found = sim.trace(scenario, "p104")
    assert set(found.panel.roster_id) == {"p104"}
    assert found.report().startswith("# The life of person p104")
    assert "department investment" in found.report()
    assert sim.trace(scenario, found.person).panel.equals(found.panel)
    assert sim.trace(scenario, str(found.person)).panel.equals(found.panel)


def test_nobody_has_this_id(tmp_path):
    scenario = sim.load(scenario_with(tmp_path, ""), set=SHORT)
    with pytest.raises(UserError, match="person 'p1o4' has no line in the roster; did you mean p1"):
        sim.trace(scenario, "p1o4")
    with pytest.raises(UserError, match="has no roster with ids"):
        sim.trace(SHIPPED / "four_systems.yaml", "p104")


def gaps(text: str) -> str:
    return text.replace(",competent,", ",,").replace(",established,55,29.5,", ",established,,29.5,")


def test_what_was_assumed_of_people_is_counted_and_listed_in_every_report(tmp_path):
    file = scenario_with(tmp_path, "", gaps)
    scenario = sim.load(file, set=SHORT)
    known = sim.load(file, set=SHORT | {"world.roster": str(SHIPPED / "rosters" / "example.csv")})
    run = sim.run(scenario)
    listed = [one for one in run.manifest["assumptions"] if one["path"].startswith("world.roster ")]
    assert {one["path"].split()[-1] for one in listed} == {"age_years", "grade_last"}
    assert next(one["value"] for one in listed) == "unknown of 1 of 63 people"
    assert len(sim.run(known).manifest["assumptions"]) == len(run.manifest["assumptions"]) - 2
    told = "age_years unknown of 1 of 63 people"
    base = scenario.with_(name="base")
    reports = [
        run.report(),
        sim.compare([base, scenario]).report(),
        sim.trace(scenario).report(),
        sim.decompose(base, scenario).report(),
    ]
    assert all(told in report for report in reports)


DEPARTMENTS = ("investment", "enterprise_services", "construction", "office", "finance", "education")
PLACES = ("north_shore", "north_shore", "south_shore", "south_shore", "area_level", "area_level")


def unmistakable(text: str) -> str:
    """Ids and names of departments that occur nowhere else."""
    for name in DEPARTMENTS:
        text = text.replace(f",{name},", f",quill_{name}_bureau,")
    return text.replace("\np1", "\nzebra1")


def test_with_an_anonymous_roster_neither_ids_nor_departments_leave_its_folder(tmp_path):
    plain = scenario_with(tmp_path, ", anonymous: true", unmistakable)
    listed = [f"{place}/quill_{name}_bureau" for place, name in zip(PLACES, DEPARTMENTS, strict=True)]
    with pytest.raises(UserError, match=r"is not in world\.roster_departments"):
        sim.load(plain, set={"world.roster_departments": listed[1:]})
    complete = sim.load(plain, set={"world.roster_departments": listed})
    assert "quill_" not in json.dumps(complete.resolved())
    assert complete.with_(seed=7).world == complete.world
    results = tmp_path / "results"
    run = sim.run(sim.load(plain, set={"horizon.quarters": 10}), replications=1, out=results)
    trace = sim.trace(sim.load(plain, set=SHORT), out=results)
    sim.compare([sim.load(plain, set=SHORT | {"name": name}) for name in "ab"], out=results)
    files = [file for file in results.rglob("*") if file.is_file()]
    assert len(files) > 30
    for file in files:
        assert b"zebra" not in file.read_bytes(), file
        assert b"quill_" not in file.read_bytes(), file
    assert run.staff.roster_id.dropna().str.fullmatch(r"p\d\d").all()
    assert trace.called.startswith("p")
    shown = sim.run(
        sim.load(plain, set={"horizon.quarters": 10, "world.roster.anonymous": False}), replications=1
    )
    assert "quill_" in json.dumps(shown.manifest["scenario"])
    assert run.area.equals(shown.area)


def test_the_key_says_who_is_who_and_stays_with_the_roster(tmp_path):
    file = scenario_with(tmp_path, ", anonymous: true")
    result = CliRunner().invoke(app, ["roster", "key", str(file)])
    assert result.exit_code == 0, result.output
    key = (tmp_path / "private" / "staff.key.csv").read_text(encoding="utf-8").splitlines()
    known = {tuple(line.split(",")[1:]) for line in key if line.startswith("person")}
    scenario = sim.load(file, set=SHORT)
    ids = {mine for _, mine in known}
    assert "p101" in ids
    assert len(known) == 66
    number = {mine: theirs for theirs, mine in known}["p104"]
    told = sim.trace(sim.load(file, set=SHORT | {"world.roster.anonymous": False}), "p104")
    assert sim.trace(scenario, number).person == told.person
    assert "numbers stand for ids" in "\n".join(remarks(scenario.world.model_dump()))
    again = CliRunner().invoke(app, ["roster", "key", str(file)])
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_a_roster_that_is_not_anonymous_has_no_key(tmp_path):
    result = CliRunner().invoke(app, ["roster", "key", str(scenario_with(tmp_path, ""))])
    assert result.exit_code == 2
    assert "has no anonymous roster" in result.output


def test_a_stored_anonymous_result_runs_again(tmp_path):
    scenario = sim.load(scenario_with(tmp_path, ", anonymous: true"), set=SHORT)
    again = sim.load(json.loads(json.dumps(scenario.resolved())))
    assert again == scenario
