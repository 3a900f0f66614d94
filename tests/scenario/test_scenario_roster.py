"""A roster: what is wrong with it is said all at once, each mistake with its place, and nothing is written."""

import csv
import difflib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.core.errors import UserError
from sim.lab.questions.run import planned_manifest
from sim.people.roster import roster_of
from sim.scenario.loader import load
from sim.scenario.roster.columns import COLUMNS

NAMES = (
    "id,organisation,department,department_kind,rank,status,"
    "age_years,service_years,years_in_department,years_in_rank"
)
HEAD = "a1,east,office,economic,5,established,50,25,5,3"
CLERK = "a2,east,office,economic,2,contract,30,6.5,2,2"
VACANT = "a3,east,office,economic,1,,,,,"
LEADER = "a4,area_level,,,6,established,55,30,4,4"
PLACE = "world: {new_cities: [east, west], roster: staff.csv}"
SHIPPED = Path(__file__).parents[2] / "scenarios" / "from_roster.yaml"

Refused = Callable[..., list[str]]


def text_of(*lines: str, names: str = NAMES) -> str:
    return "\n".join([names, *lines]) + "\n"


@pytest.fixture
def refused(write: Callable[..., Path]) -> Refused:
    """The lines of the message with which a roster is refused; nothing is written meanwhile."""

    def messages(roster: str | bytes, scenario: str = PLACE, **options: Any) -> list[str]:
        path = write("", "staff.csv")
        path.write_bytes(roster.encode() if isinstance(roster, str) else roster)
        file = write(scenario)
        with pytest.raises(UserError) as failure:
            load(file, **options)
        assert {one.name for one in Path().iterdir()} == {"staff.csv", "x.yaml"}
        return str(failure.value).splitlines()

    return messages


@pytest.fixture
def accepted(write: Callable[..., Path]) -> Callable[..., Any]:
    def scenario(*lines: str, names: str = NAMES, text: str = PLACE) -> Any:
        write(text_of(*lines, names=names), "staff.csv")
        return load(write(text))

    return scenario


def with_value(line: str, name: str, value: str) -> str:
    cells = line.split(",")
    cells[NAMES.split(",").index(name)] = value
    return ",".join(cells)


# ---- what is right


def test_a_small_roster_is_read(accepted: Callable[..., Any]) -> None:
    roster = roster_of(accepted(HEAD, CLERK, VACANT, LEADER).world)
    assert roster is not None
    assert [entry.id for entry in roster.entries] == ["a1", "a2", "a3", "a4"]
    assert [entry.held for entry in roster.entries] == [True, True, False, True]
    assert roster.people() == {"a1": 0, "a2": 10_000, "a4": 30_000}
    assert roster.departments_by_organisation.tolist() == [1, 0, 0]


def test_quotation_marks_comments_blank_lines_and_other_orders_of_columns(
    accepted: Callable[..., Any],
) -> None:
    order = NAMES.split(",")[::-1]
    turned = [",".join(f'"{cell}"' for cell in line.split(",")[::-1]) for line in (HEAD, CLERK, LEADER)]
    comma = turned[0].replace('"office"', '"office, ""old"""')
    found = accepted(
        comma, "", ",,,,,,,,,", *turned[1:], names='# a comment\n\n"# a, comment"\n' + ",".join(order)
    )
    roster = roster_of(found.world)
    assert roster is not None
    assert [name for _, _, name in roster.departments] == ["office", 'office, "old"']
    assert [entry.rank for entry in roster.entries] == [2, 5, 6]


def test_windows_line_ends_and_byte_order_mark(write: Callable[..., Path]) -> None:
    plain = text_of(HEAD, CLERK)
    write("", "staff.csv").write_bytes(plain.encode())
    expected = load(write(PLACE)).world
    write("", "staff.csv").write_bytes(b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode())
    assert load(write(PLACE)).world == expected


def test_the_path_is_relative_to_the_file_that_names_it(write: Callable[..., Path]) -> None:
    write(text_of(HEAD, CLERK), "place/lists/staff.csv")
    write("world: {new_cities: [east], roster: lists/staff.csv}", "place/base.yaml")
    assert roster_of(load(write("extends: place/base.yaml")).world) is not None


def test_from_python_and_from_an_override_the_path_is_relative_to_the_working_folder(
    write: Callable[..., Path],
) -> None:
    write(text_of(HEAD, CLERK), "lists/staff.csv")
    place = {"new_cities": ["east"], "roster": "lists/staff.csv"}
    from_mapping = load({"world": place})
    file = write("world: {new_cities: [east]}", "below/x.yaml")
    overridden = load(file, set={"world.roster": "lists/staff.csv"})
    assert from_mapping.world == overridden.world
    assert from_mapping.world.roster


# ---- a result is tied to its roster


def test_a_resolved_scenario_needs_no_file(accepted: Callable[..., Any]) -> None:
    scenario = accepted(HEAD, CLERK, VACANT)
    written = json.loads(json.dumps(scenario.resolved()))
    Path("staff.csv").unlink()
    again = load(written)
    assert again == scenario
    assert roster_of(again.world) == roster_of(scenario.world)
    assert load(again, set={"seed": 7}).world == scenario.world


def test_the_hash_of_a_result_follows_every_line(accepted: Callable[..., Any]) -> None:
    one = planned_manifest(accepted(HEAD, CLERK))["hash"]
    assert planned_manifest(accepted(HEAD, CLERK))["hash"] == one
    assert planned_manifest(accepted(HEAD, with_value(CLERK, "age_years", "31")))["hash"] != one


def test_the_roster_is_described_by_its_file_and_hash() -> None:
    printed = CliRunner().invoke(app, ["describe", str(SHIPPED), "--only", "world.roster"]).output
    assert "example.csv: 63 people, 3 vacant, 6 departments, 3 organisations, sha256 " in printed
    assert "p101" not in printed


def test_an_override_is_checked_against_the_roster(accepted: Callable[..., Any]) -> None:
    scenario = accepted(HEAD, CLERK)
    with pytest.raises(UserError) as failure:
        scenario.with_(**{"world.new_cities": ["easter", "west"], "world.people.retirement_age": 45.0})
    assert str(failure.value).splitlines() == [
        'staff.csv:2:4: organisation = "east" is unknown; did you mean easter?',
        "staff.csv:2:39: age_years = 50 is not below world.people.retirement_age 45 (years)",
        'staff.csv:3:4: organisation = "east" is unknown; did you mean easter?',
    ]


# ---- one value


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("id", "", "id is empty"),
        ("organisation", "easst", 'organisation = "easst" is unknown; did you mean east?'),
        ("organisation", "", "organisation is empty"),
        ("department", "", "department is empty"),
        (
            "department_kind",
            "sociol",
            'department_kind = "sociol" is not one of economic, social, administrative',
        ),
        ("department_kind", "sociol", "did you mean social?"),
        ("rank", "9", 'rank = "9" is not one of 1, 2, 3, 4, 5, 6'),
        ("rank", "2.5", 'rank = "2.5" is not one of'),
        ("rank", "", "rank is empty"),
        (
            "status",
            "establshed",
            'status = "establshed" is not one of established, contract; did you mean established?',
        ),
        ("age_years", "12", "age_years = 12 is below the smallest allowed value 18 (years)"),
        ("age_years", "60", "age_years = 60 is not below world.people.retirement_age 60 (years)"),
        ("age_years", "thirty", 'age_years = "thirty" is not a number (years)'),
        ("age_years", "nan", 'age_years = "nan" is not a number'),
        ("age_years", "9" * 400, "is not a number"),
        ("service_years", "20", "service_years = 20 is more than age 30 allows, at most 14 (years)"),
        ("service_years", "-1", "service_years = -1 is below the smallest allowed value 0 (years)"),
        ("years_in_department", "7", "years_in_department = 7 is more than service_years 6.5"),
        ("years_in_rank", "7", "years_in_rank = 7 is more than service_years 6.5"),
        ("status", "", "status is empty, which means a vacant post, but age_years = 30 is given"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(refused: Refused, name: str, value: str, said: str) -> None:
    line = with_value(CLERK, name, value)
    found = refused(text_of(HEAD, line))
    start = 1 + len(",".join(line.split(",")[: NAMES.split(",").index(name)])) + (name != "id")
    assert [one for one in found if said in one and one.startswith(f"staff.csv:3:{start}: ")], found


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "grade_last",
            "good",
            'grade_last = "good" is not one of incompetent, basically_competent, competent',
        ),
        ("annual_pay", "much", 'annual_pay = "much" is not a number (money)'),
        ("annual_pay", "-5", "annual_pay = -5 is below the smallest allowed value 0"),
        ("indicator_holder", "perhaps", 'indicator_holder = "perhaps" is not one of yes, no'),
    ],
)
def test_a_wrong_value_of_an_optional_column(refused: Refused, name: str, value: str, said: str) -> None:
    [found] = refused(text_of(f"{HEAD},", f"{CLERK},{value}", names=f"{NAMES},{name}"))
    assert said in found


def test_a_leader_has_no_department_and_no_contract(refused: Refused) -> None:
    line = with_value(with_value(LEADER, "department", "office"), "status", "contract")
    assert refused(text_of(HEAD, CLERK, line)) == [
        'staff.csv:4:15: department = "office": a leader (rank 6) has none; leave it empty',
        "staff.csv:4:25: status = contract: leaders (rank 6) are established",
    ]


# ---- lines that do not go together


def test_an_id_twice(refused: Refused) -> None:
    found = refused(text_of(HEAD, with_value(CLERK, "id", "a1")))
    assert found == ['staff.csv:3:1: id = "a1" is there twice (first in line 2)']


def test_a_department_of_two_kinds(refused: Refused) -> None:
    [found] = refused(text_of(HEAD, with_value(CLERK, "department_kind", "social")))
    assert found.endswith('department_kind = social, but department "east/office" is economic in line 2')


def test_a_department_nobody_staffs(refused: Refused) -> None:
    empty = with_value(VACANT, "department", "archive")
    assert refused(text_of(HEAD, CLERK, empty)) == [
        'staff.csv:4:9: nobody staffs department "east/archive": all its posts are vacant'
    ]


def test_two_indicator_holders(refused: Refused) -> None:
    [found] = refused(text_of(f"{HEAD},yes", f"{CLERK},yes", names=f"{NAMES},indicator_holder"))
    assert 'department "east/office" has another indicator holder in line 2' in found


def test_nobody_at_work(refused: Refused) -> None:
    [found] = refused(text_of(LEADER))
    assert "nobody works here" in found


def test_a_list_of_departments_that_does_not_match(refused: Refused) -> None:
    listed = f"{PLACE[:-1]}, roster_departments: [east/offices, west/harbour, west/harbour]}}"
    assert refused(text_of(HEAD), listed) == [
        'staff.csv:2:9: department "east/office" is not in world.roster_departments; did you mean east/offices?',
        'x.yaml:1:75: world.roster_departments: "east/offices" has no post in the roster',
        'x.yaml:1:89: world.roster_departments: "west/harbour" has no post in the roster',
        'x.yaml:1:103: world.roster_departments: "west/harbour" is listed twice',
    ]
    assert refused(text_of(with_value(HEAD, "department", "offices")), listed) == [
        'x.yaml:1:89: world.roster_departments: "west/harbour" has no post in the roster',
        'x.yaml:1:103: world.roster_departments: "west/harbour" is listed twice',
    ]


def test_a_list_of_departments_without_a_roster(errors: Callable[..., list[str]]) -> None:
    [found] = errors("world: {roster_departments: [east/office]}")
    assert "world.roster names no roster" in found


# ---- the file as a whole


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file(refused: Refused, text: str) -> None:
    assert refused(text) == ["staff.csv: is empty; `sim roster template` writes the columns it needs"]


def test_columns_without_lines(refused: Refused) -> None:
    assert refused(NAMES) == ["staff.csv:1:1: nobody works here: no line has a person of rank 1 to 5"]


def test_full_width_commas_separate_nothing(refused: Refused) -> None:
    [found] = refused(text_of(HEAD, CLERK).replace(",", "，"))
    told = "is separated by full-width commas; separate values by commas, semicolons or tabs"
    assert found == f"staff.csv:1:1: {told}"


def test_missing_unknown_and_repeated_columns(refused: Refused) -> None:
    names = NAMES.replace("age_years", "age_year").replace("years_in_rank", "id")
    found = refused(text_of(HEAD, names=names))
    assert 'staff.csv:1:56: column "age_year" is unknown; did you mean age_years?' in found
    assert "staff.csv:1:1: columns are missing: age_years, years_in_rank" in found
    assert [one for one in found if 'column "id" is there twice' in one]


def test_too_few_and_too_many_values_and_open_quotation_marks(refused: Refused) -> None:
    found = refused(text_of(HEAD, CLERK[:-2], CLERK + ",1", CLERK.replace("office", '"office')))
    told = "a value with a comma in it needs quotation marks"
    assert found == [
        f"staff.csv:3:1: has 9 values, the first line names 10 columns; {told}",
        f"staff.csv:4:1: has 11 values, the first line names 10 columns; {told}",
        "staff.csv:5:1: a quotation mark is not closed, or stands within a value",
    ]


def test_a_missing_file(write: Callable[..., Path]) -> None:
    write(text_of(HEAD), "staffs.csv")
    with pytest.raises(UserError, match=r"there is no file staff\.csv; did you mean staffs\.csv\?"):
        load(write(PLACE))


def test_a_file_elsewhere_must_be_allowed(write: Callable[..., Path]) -> None:
    roster = write(text_of(HEAD, CLERK), "private/staff.csv")
    file = write("world: {new_cities: [east], roster: ../private/staff.csv}", "shared_place/x.yaml")
    with pytest.raises(UserError, match="lies outside the folder of the file that names it") as failure:
        load(file)
    assert "--allow" in str(failure.value)
    assert load(file, allow=[roster]).world.roster


# ---- all at once


def test_everything_wrong_is_said_at_once_also_in_the_scenario(refused: Refused) -> None:
    lines = (
        with_value(HEAD, "rank", "9"),
        with_value(with_value(CLERK, "id", "a1"), "age_years", "12"),
        with_value(VACANT, "organisation", "wst"),
    )
    scenario = f"{PLACE}\nseeed: 3\nhorizon: {{quarters: 0}}"
    found = refused(text_of(*lines), scenario)
    assert [one.split(": ")[0] for one in found] == [
        "staff.csv:2:25",
        "staff.csv:3:1",
        "staff.csv:3:36",
        "staff.csv:4:4",
        "staff.csv:4:8",
        "x.yaml:2:1",
        "x.yaml:3:21",
    ]


def test_a_wrong_world_does_not_hide_what_is_wrong_with_its_roster(refused: Refused) -> None:
    wrong = "world: {new_cities: [east], roster: staff.csv, difficulty_sd: -1}"
    found = refused(text_of(with_value(HEAD, "rank", "0")), wrong)
    assert [one.split(": ")[0] for one in found] == ["staff.csv:2:25", "x.yaml:1:63"]


def test_thousands_of_errors_are_counted(refused: Refused) -> None:
    wrong = (with_value(with_value(CLERK, "id", f"b{number}"), "age_years", "12") for number in range(3000))
    found = refused(text_of(HEAD, *wrong))
    assert found[0] == "staff.csv: 3,000 errors: the first 20 are listed, 2,980 are not"
    assert len(found) == 21
    assert found[20].startswith("staff.csv:22:")


def test_the_nearest_name_is_looked_for_where_it_is_shown(
    refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among thousands of names it was looked for thousands of times."""
    asked: list[str] = []

    def looked_for(word: str, words: list[str], **options: Any) -> list[str]:
        asked.append(word)
        return difflib.get_close_matches(word, words, **options)

    monkeypatch.setattr("sim.core.text.get_close_matches", looked_for)
    listed = ", ".join(f"east/department_{number}" for number in range(300))
    lines = [with_value(CLERK, "id", f"b{number}") for number in range(300)]
    wrong = (with_value(line, "department", f"departmnt_{number}") for number, line in enumerate(lines))
    found = refused(text_of(*wrong), f"{PLACE[:-1]}, roster_departments: [{listed}]}}")
    assert "did you mean east/department_0?" in found[1]
    assert "did you mean east/department_19?" in found[20]
    assert 20 <= len(asked) <= 40


def test_the_command_line_prints_them_and_exits_with_2(write: Callable[..., Path]) -> None:
    write(text_of(with_value(HEAD, "rank", "9")), "staff.csv")
    for command in ("check", "run"):
        result = CliRunner().invoke(app, [command, str(write(PLACE))])
        assert result.exit_code == 2
        assert "staff.csv:2:25: rank" in result.output
        assert "Traceback" not in result.output
    assert not Path("results").exists()


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_roster_is_read_or_refused_in_words(seed: int, write: Callable[..., Path]) -> None:
    chance = random.Random(seed)
    text = list(text_of(HEAD, CLERK, VACANT, LEADER))
    for _ in range(chance.randint(1, 8)):
        text[chance.randrange(len(text))] = chance.choice(
            ["", ",", '"', "\n", "#", "9", "-", ";", "é", "\x1b", " "]
        )
    write("".join(text), "staff.csv")
    result = CliRunner().invoke(app, ["check", str(write(PLACE))])
    assert (result.exit_code, result.output[:3]) == (0, "OK ") or result.exit_code == 2
    if result.exit_code == 2:
        assert all(line.startswith(("staff.csv", "x.yaml")) for line in result.output.splitlines())


# ---- the template


def test_the_template_describes_every_column_and_is_itself_a_roster_without_people(
    write: Callable[..., Path],
) -> None:
    write(PLACE)
    result = CliRunner().invoke(app, ["roster", "template", "--out", "staff.csv", "--departments"])
    assert result.exit_code == 0
    lines = Path("staff.csv").read_text(encoding="utf-8").splitlines()
    assert next(csv.reader([lines[-1]])) == [column.name for column in COLUMNS]
    assert all(line.startswith("# ") for line in lines[:-1])
    assert all(any(line.startswith(f"#   {column.name}") for line in lines) for column in COLUMNS)
    assert "roster_departments" in "".join(lines)
    with pytest.raises(UserError, match="nobody works here"):
        load("x.yaml")
    with Path("staff.csv").open("a", encoding="utf-8") as file:
        file.write(f"{HEAD},,,,,,\n{CLERK},competent,80000,yes,,,\n")
    assert load("x.yaml").world.roster


def test_the_template_is_printed_or_written_but_overwrites_nothing(write: Callable[..., Path]) -> None:
    kept = write("mine", "staff.csv")
    printed = CliRunner().invoke(app, ["roster", "template"])
    assert printed.exit_code == 0
    assert "roster_departments" not in printed.output
    refused = CliRunner().invoke(app, ["roster", "template", "--out", "staff.csv"])
    assert refused.exit_code == 2
    assert "staff.csv is there already" in refused.output
    assert kept.read_text() == "mine"
