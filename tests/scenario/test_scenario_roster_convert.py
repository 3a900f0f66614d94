"""Tables of other forms become rosters: an organogram, HR analytics, a payroll, all with invented rows."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner

from sim.cli import app
from sim.core.errors import UserError
from sim.people.roster import roster_of
from sim.scenario.loader import load
from sim.scenario.roster.guess import guess
from sim.scenario.roster.mapping import read_mapping

SENIOR = """\
Post Unique Reference,Name,Grade (or equivalent),Job Title,Job/Team Function,Parent Department,Organisation,Unit,\
Contact Phone,Contact E-mail,Reports to Senior Post,Salary Cost of Reports (£),FTE,Actual Pay Floor (£),\
Actual Pay Ceiling (£),Total Pay (£),Professional/Occupational Group,Notes,Valid?
101,N/D,SCS2,Director,Leads,Ministry of Examples,Ministry of Examples,Strategy,,,XX,900000,1,110000,114999,,Policy,,1
102,N/D,SCS1,Deputy,Runs,Ministry of Examples,Ministry of Examples,Strategy,,,101,700000,1,75000,79999,,Policy,,1
103,Vacant,SCS1,Deputy,Runs,Ministry of Examples,Ministry of Examples,Health Estates,,,101,500000,1,,,,Policy,,1
104,N/D,SCS1,Deputy,Runs,Ministry of Examples,Ministry of Examples,Health Estates,,,101,4000,0.8,"76,000","80,999",,,,1
"""
JUNIOR = """\
Parent Department,Organisation,Unit,Reporting Senior Post,Grade,Payscale Minimum (£),Payscale Maximum (£),\
Generic Job Title,Number of Posts in FTE,Professional/Occupational Group
Ministry of Examples,Ministry of Examples,Strategy,102,HEO,33000,37000,Adviser,2,Policy
Ministry of Examples,Ministry of Examples,Strategy,102,EO,27000,30000,Officer,2.6,Policy
Ministry of Examples,Ministry of Examples,Health Estates,104,Band X,23000,25000,Clerk,1,Operations
"""
HR = """\
Age,Attrition,BusinessTravel,DailyRate,Department,DistanceFromHome,Education,EducationField,EmployeeCount,EmployeeNumber,\
Gender,JobLevel,JobRole,MonthlyIncome,OverTime,PerformanceRating,TotalWorkingYears,YearsAtCompany,YearsInCurrentRole,\
YearsSinceLastPromotion
41,Yes,Travel_Rarely,1102,Sales,1,2,Life Sciences,1,1,Female,2,Executive,5993,Yes,3,8,6,4,0
49,No,Travel_Frequently,279,Research & Development,8,1,Life Sciences,1,2,Male,2,Scientist,5130,No,4,10,10,7,1
37,No,Travel_Rarely,1373,Human Resources,2,2,Other,1,4,Male,1,Technician,2090,Yes,3,7,0,0,0
33,No,Travel_Rarely,1392,Sales,3,4,Life Sciences,1,5,Female,5,Manager,12909,Yes,3,8,8,7,3
"""
PAYROLL = """\
某单位工资表（虚构）;;;;;;;
工号;单位;部门;职务;人员类别;出生年月;参加工作时间;应发合计
0001;东城;经济发展科;科长;在编;1975-03;1998-07;12.500,00
0002;东城;经济发展科;科员;编外;1990-11;2015-07;7.250,50
0003;西城;民政科;副科长;在编;1981-06;2004-09;10.100,00
合计;;;;;;;29.850,50
"""


@pytest.fixture
def run(write: Callable[..., Path]) -> Callable[..., list[str]]:
    """A command, which must end as told; its lines."""

    def lines(*words: str, code: int = 0) -> list[str]:
        result = CliRunner().invoke(app, ["roster", *words])
        assert result.exit_code == code, result.output
        return result.output.splitlines()

    return lines


def guessed(file: str, **decided: str) -> None:
    """The proposal for a file as mapping.yaml, the open questions decided."""
    text = guess(Path(file))
    for question, answer in decided.items():
        assert f"{question.replace('_', ' ')}: '?'" in text or f"{question}: '?'" in text, text
        text = text.replace(f"{question.replace('_', ' ')}: '?'", f"{question.replace('_', ' ')}: {answer}")
        text = text.replace(f"{question}: '?'", f"{question}: {answer}")
    Path("mapping.yaml").write_text(text, encoding="utf-8")


def founded(roster: str, write: Callable[..., Path], cities: str = "[east]", told: str = ""):
    said = f"world: {{new_cities: {cities}, roster: {{file: {roster}{told}}}}}"
    found = roster_of(load(write(said)).world)
    assert found is not None
    return found


def test_a_payroll(run: Callable[..., list[str]], write: Callable[..., Path]) -> None:
    write("", "payroll.csv").write_bytes(PAYROLL.encode("gb18030"))
    guessed("payroll.csv", as_of="2024-12-31")
    said = run("convert", "payroll.csv", "--map", "mapping.yaml", "--out", "staff.csv")
    assert said[0] == "wrote staff.csv and staff.mapping.yaml"
    told = "\n".join(said)
    for note in (
        "3 people, 0 vacant, 2 departments",
        "GB18030",
        "semicolons",
        "line 6, a total",
        "decimal commas",
    ):
        assert note in told
    found = founded("staff.csv", write, "[东城, 西城]")
    assert {entry.id: entry.rank for entry in found.entries} == {"0001": 5, "0002": 2, "0003": 4}
    assert [name for _, _, name in found.departments] == ["经济发展科", "民政科"]
    assert [entry.status for entry in found.entries] == ["established", "contract", "established"]
    assert found.entries[0].years[:2] == (49.75, 26.4167)
    assert ",150000," in Path("staff.csv").read_text(encoding="utf-8")


def test_a_table_of_hr_analytics(run: Callable[..., list[str]], write: Callable[..., Path]) -> None:
    write(HR, "hr.csv")
    guessed("hr.csv")
    said = "\n".join(run("convert", "hr.csv", "--map", "mapping.yaml"))
    assert "wrote hr.roster.csv and hr.roster.mapping.yaml" in said
    assert "lines left out: 1" in said
    found = founded("hr.roster.csv", write)
    assert {entry.id for entry in found.entries} == {"2", "4", "5"}
    kinds = {name: kind for _, kind, name in found.departments}
    assert kinds == {"Research & Development": 0, "Sales": 0, "Human Resources": 2}
    first = next(entry for entry in found.entries if entry.id == "2")
    assert (first.rank, first.grade, first.years[0], first.years[1], first.years[3]) == (2, 3, 49, 10, 1)
    assert ",61560," in Path("hr.roster.csv").read_text(encoding="utf-8")


def test_an_organogram_of_senior_posts(run: Callable[..., list[str]], write: Callable[..., Path]) -> None:
    write(SENIOR, "senior.csv")
    guessed("senior.csv")
    run(
        "convert", "senior.csv", "--map", "mapping.yaml", "--out", "s.csv", code=2
    )  # a leader has a department
    text = Path("mapping.yaml").read_text(encoding="utf-8").replace("SCS2: 6", "SCS2: 5")
    write(text.replace("columns:", "table: {part_time: whole, decimal: point}\ncolumns:"), "mapping.yaml")
    said = "\n".join(run("convert", "senior.csv", "--map", "mapping.yaml", "--out", "s.csv"))
    assert "3 people, 1 vacant, 2 departments" in said
    found = founded("s.csv", write, told=", part_time: whole")
    assert [entry.id for entry in found.entries if not entry.held] == ["103"]
    assert found.part_time == [0.8]
    assert {name: kind for _, kind, name in found.departments} == {"Strategy": 2, "Health Estates": 1}
    assert found.unknown["age_years"] == 3


def test_an_organogram_of_junior_posts(run: Callable[..., list[str]], write: Callable[..., Path]) -> None:
    write(JUNIOR, "junior.csv")
    text = guess(Path("junior.csv"))
    assert "Band X: '?'" in text
    write(text, "mapping.yaml")
    [open_question] = run("convert", "junior.csv", "--map", "mapping.yaml", code=2)
    assert 'columns.rank: decide what stands for "Band X"' in open_question
    write(text.replace("'?'", "1").replace("rounded: half_up", "rounded: ask"), "mapping.yaml")
    [fraction] = run("convert", "junior.csv", "--map", "mapping.yaml", code=2)
    assert fraction.startswith("junior.csv:3:")
    assert "Number of Posts in FTE = 2.6 is no whole number" in fraction
    write(text.replace("'?'", "1"), "mapping.yaml")
    run("convert", "junior.csv", "--map", "mapping.yaml", "--out", "j.csv")
    found = founded("j.csv", write)
    assert sorted(entry.rank for entry in found.entries) == [1, 2, 2, 2, 3, 3]
    assert {entry.id for entry in found.entries} == {f"e{number}" for number in range(1, 7)}


def test_the_mapping_that_was_used_makes_the_same_roster(
    run: Callable[..., list[str]], write: Callable[..., Path]
) -> None:
    write(HR, "hr.csv")
    guessed("hr.csv")
    run("convert", "hr.csv", "--map", "mapping.yaml", "--out", "one.csv")
    used = Path("one.mapping.yaml").read_text(encoding="utf-8")
    assert "# Used on hr.csv, sha256 " in used
    assert read_mapping(Path("one.mapping.yaml")).taken == read_mapping(Path("mapping.yaml")).taken
    run("convert", "hr.csv", "--map", "one.mapping.yaml", "--out", "two.csv")
    one, two = (Path(name).read_text(encoding="utf-8").splitlines()[1:] for name in ("one.csv", "two.csv"))
    assert one == two


def test_a_workbook_and_the_cell_of_a_mistake(
    run: Callable[..., list[str]], write: Callable[..., Path]
) -> None:
    write("", "x")
    rows = [[float(one) if one.isdigit() else one for one in line.split(",")] for line in HR.splitlines()]
    for name, age in (("good.xlsx", 49.0), ("bad.xlsx", 12.0)):
        rows[2][0] = age
        with xlsxwriter.Workbook(name) as book:
            sheet = book.add_worksheet("people")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    guessed("good.xlsx")
    run("convert", "good.xlsx", "--map", "mapping.yaml")
    assert len(founded("good.roster.csv", write).entries) == 3
    [found] = run("convert", "bad.xlsx", "--map", "mapping.yaml", code=2)
    assert found == "bad.xlsx:people!A3: age_years = 12 is below the smallest allowed value 18 (years)"


def test_what_is_unclear_is_asked_for_in_the_words_of_a_mapping(
    run: Callable[..., list[str]], write: Callable[..., Path]
) -> None:
    write(SENIOR, "senior.csv")
    write(guess(Path("senior.csv")).replace("SCS2: 6", "SCS2: 5"), "mapping.yaml")
    [part_time] = run("convert", "senior.csv", "--map", "mapping.yaml", code=2)
    assert part_time.endswith("table: {part_time: whole}")
    write(SENIOR.replace(",0.8,", ",1,"), "senior.csv")  # no other number shows which mark is the decimal one
    [pay] = run("convert", "senior.csv", "--map", "mapping.yaml", code=2)
    assert pay.endswith(
        'annual_pay = "76,000" may be 76000 or 76.000; say it: table: {decimal: point (or comma)}'
    )


def test_a_mistake_is_placed_in_the_table(run: Callable[..., list[str]], write: Callable[..., Path]) -> None:
    write(HR.replace("\n49,", "\n12,"), "hr.csv")
    guessed("hr.csv")
    [found] = run("convert", "hr.csv", "--map", "mapping.yaml", code=2)
    assert found == "hr.csv:3:1: age_years = 12 is below the smallest allowed value 18 (years)"
    assert not Path("hr.roster.csv").exists()


@pytest.mark.parametrize(
    ("mapping", "complaint"),
    [
        ("", "mapping.yaml: is no mapping; `sim roster guess FILE` proposes one"),
        ("table: {}", "columns is missing"),
        (
            "columns: {idd: EmployeeNumber}",
            "mapping.yaml:1:11: columns.idd is no column of a roster; did you mean id?",
        ),
        ("columns: {id: EmployeNumber}", 'has no column "EmployeNumber"; did you mean EmployeeNumber?'),
        ("columns: {id: {column: Age, always: 1}}", "give one of column, always and numbered"),
        ("columns: {age_years: {column: Age, times: 2}}", "only annual_pay is multiplied"),
        ("columns: {id: {coluumn: Age}}", "columns.id.coluumn is not a setting; did you mean column?"),
        (
            "columns: {id: Age}\nleave_out: {Attritio: [x]}",
            'has no column "Attritio"; did you mean Attrition?',
        ),
        ("columns: {id: Age}\ntable: {decimal: colon}", 'table.decimal = "colon" is not one of its choices'),
    ],
)
def test_a_wrong_mapping(
    run: Callable[..., list[str]], write: Callable[..., Path], mapping: str, complaint: str
) -> None:
    write(HR, "hr.csv")
    write(mapping, "mapping.yaml")
    assert complaint in "\n".join(run("convert", "hr.csv", "--map", "mapping.yaml", code=2))


def test_nothing_that_is_there_is_written_over(
    run: Callable[..., list[str]], write: Callable[..., Path]
) -> None:
    write(HR, "hr.csv")
    guessed("hr.csv")
    write("mine", "hr.roster.csv")
    [found] = run("convert", "hr.csv", "--map", "mapping.yaml", code=2)
    assert "hr.roster.csv is there already" in found
    assert Path("hr.roster.csv").read_text(encoding="utf-8") == "mine"
    assert "wrote proposal.yaml" in run("guess", "hr.csv", "--out", "proposal.yaml")[0]
    run("guess", "hr.csv", "--out", "proposal.yaml", code=2)


def test_nothing_can_be_guessed(run: Callable[..., list[str]], write: Callable[..., Path]) -> None:
    write("a,b\n1,2\n", "x.csv")
    [found] = run("guess", "x.csv", code=2)
    assert "no line holds two usual names of columns" in found
    with pytest.raises(UserError, match=r"there is no file y\.csv"):
        guess(Path("y.csv"))
