"""Rosters as they come: encodings, separators, numbers, days, spreadsheets, totals; what is unclear is asked."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import xlwt
from typer.testing import CliRunner

from sim.cli import app
from sim.core.errors import UserError
from sim.people.roster import roster_of
from sim.scenario.loader import load
from sim.scenario.roster.remarks import remarks

NAMES = (
    "id,organisation,department,department_kind,rank,status,age_years,service_years,years_in_department,"
    "years_in_rank,grade_last,annual_pay,indicator_holder"
)
HEAD = "a1,east,财政局,economic,5,established,50,25,5,3,excellent,162600,yes"
CLERK = "a2,east,财政局,economic,2,contract,30,6.5,2,1.5,competent,98000.5,no"
LEADER = "a3,area_level,,,6,established,55,30,4,4,,,"
PLAIN = "\n".join([NAMES, HEAD, CLERK, LEADER]) + "\n"
ROSTER = "world: {new_cities: [east], roster: "

Read = Callable[..., Any]


@pytest.fixture
def read(write: Callable[..., Path]) -> Read:
    """The world founded from a file: its content, and what the scenario says of it."""

    def world(content: str | bytes, told: str = "", name: str = "staff.csv") -> Any:
        write("", name).write_bytes(content.encode() if isinstance(content, str) else content)
        return load(write(f"{ROSTER}{{file: {name}{', ' if told else ''}{told}}}}}")).world

    return world


@pytest.fixture
def refused(read: Read) -> Callable[..., list[str]]:
    def messages(*content: Any, **options: Any) -> list[str]:
        with pytest.raises(UserError) as failure:
            read(*content, **options)
        return str(failure.value).splitlines()

    return messages


def same(world: Any, other: Any) -> bool:
    return roster_of(world) == roster_of(other)


def said(world: Any) -> str:
    return "\n".join(remarks(world.model_dump()))


# ---- texts


@pytest.mark.parametrize(
    ("encoding", "told", "how"),
    [
        ("utf-8-sig", "", ""),
        ("utf-16", "", "UTF-16 by its mark"),
        ("utf-16-le", "", "UTF-16 by its zero bytes"),
        ("utf-16-be", "", "UTF-16 by its zero bytes"),
        ("gb18030", "", "GB18030 by its characters"),
        ("gb18030", "encoding: gb18030", "GB18030 as told"),
        ("utf-16-le", "encoding: utf-16", "UTF-16 as told"),
    ],
)
def test_encodings(read: Read, encoding: str, told: str, how: str) -> None:
    world = read(PLAIN.encode(encoding), told)
    assert same(world, read(PLAIN))
    assert how in said(world)


def test_what_may_be_chinese_or_european_is_asked(refused: Callable[..., list[str]], read: Read) -> None:
    text = PLAIN.replace("财政局", "Bürger")
    [found] = refused(text.encode("latin-1"))
    assert "staff.csv is not text in UTF-8 (line 2, byte" in found
    assert "encoding: gb18030" in found
    assert same(read(text.encode("latin-1"), "encoding: windows-1252"), read(text))


def test_a_wrong_encoding_is_refused(refused: Callable[..., list[str]]) -> None:
    [found] = refused(PLAIN.encode("gb18030"), "encoding: utf-8")
    assert "is not text in UTF-8" in found
    [found] = refused(PLAIN, "encoding: latin-9")
    assert "x.yaml:1:65: world.roster.encoding = " in found


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_separators(read: Read, mark: str, word: str) -> None:
    world = read(PLAIN.replace(",", mark))
    assert same(world, read(PLAIN))
    assert f"separated by {word}" in said(world)


def test_decimal_commas_are_told_by_the_file(read: Read) -> None:
    european = PLAIN.replace(",", ";").replace("6.5", "6,5").replace("1.5", "1,5")
    world = read(european.replace("162600", "162.600").replace("98000.5", "98.000,5"))
    assert same(world, read(PLAIN))
    assert "decimal commas" in said(world)


def test_a_number_that_may_be_two_is_asked(refused: Callable[..., list[str]], read: Read) -> None:
    text = PLAIN.replace(",", ";").replace("6.5", "6").replace("1.5", "1").replace("98000.5", "98000")
    text = text.replace("162600", "162,600")
    [found] = refused(text)
    assert found.startswith('staff.csv:2:56: annual_pay = "162,600" may be 162600 or 162.600; say it: ')
    assert "decimal: point (or comma)" in found
    for told, value in (("decimal: point", "162600"), ("decimal: comma", "162.6")):
        assert f";{value};" in read(text, told).roster.replace(",", ";")


@pytest.mark.parametrize(
    "written", ["162,600", "162 600", "162'600", "¥162,600", "162,600.0", "１６２６００"]
)
def test_thousands(read: Read, written: str) -> None:
    world = read(PLAIN.replace("162600", f'"{written}"'), "decimal: point")
    assert same(world, read(PLAIN))
    assert ",162600," in world.roster


def test_numbers_with_a_nought_behind_the_point(read: Read) -> None:
    assert same(read(PLAIN.replace(",5,est", ",5.0,est").replace(",50,25", ",50.00,25.0")), read(PLAIN))


@pytest.mark.parametrize(
    ("yes", "no"), [("TRUE", "FALSE"), ("是", "否"), ("Yes", "n"), ("1", "0"), ("√", "")]
)
def test_yes_and_no(read: Read, yes: str, no: str) -> None:
    world = read(PLAIN.replace(",yes", f",{yes}").replace(",no", f",{no}"))
    assert same(world, read(PLAIN))


def test_words_in_other_cases_and_widths(read: Read) -> None:
    text = PLAIN.replace("established", "Established").replace("competent", "ＣＯＭＰＥＴＥＮＴ")
    assert same(read(text.replace("age_years", "Age years")), read(PLAIN))


# ---- days


@pytest.mark.parametrize(
    "day",
    [
        "1974-12-31",
        "1974/12/31",
        "31.12.1974",
        "1974年12月31日",
        "19741231",
        "31/12/1974",
        "1974-12-31 00:00:00",
    ],
)
def test_days_of_birth_become_ages(read: Read, day: str) -> None:
    assert same(read(PLAIN.replace(",50,25", f",{day},25"), "as_of: 2024-12-31"), read(PLAIN))


def test_months_of_birth_become_ages(read: Read) -> None:
    for month in ("1974.12", "1974-12", "1974年12月"):
        assert same(read(PLAIN.replace(",50,25", f",{month},25"), "as_of: 2024-12-31"), read(PLAIN))


@pytest.mark.parametrize(
    ("day", "told", "complaint"),
    [
        (
            "1974-12-31",
            "",
            "is a day, and times are counted from one; say it: world.roster: {file: staff.csv, as_of",
        ),
        ("03/04/1974", "as_of: 2024-12-31", "may be day 3 of month 4 or the other way round; say it: "),
        ("1974", "as_of: 2024-12-31", "is a year; write a day or a month"),
        ("1974-13-01", "as_of: 2024-12-31", "is no day of the calendar"),
        ("2025-01-01", "as_of: 2024-12-31", "lies after as_of 2024-12-31"),
    ],
)
def test_days_that_are_not_plain(
    refused: Callable[..., list[str]], day: str, told: str, complaint: str
) -> None:
    [found] = refused(PLAIN.replace(",50,25", f",{day},25"), told)
    assert f'staff.csv:2:36: age_years = "{day}" {complaint}' in found


def test_the_order_of_day_and_month(read: Read) -> None:
    text = PLAIN.replace(",50,25", ",03/04/1974,25")
    april, march = (
        read(text, f"as_of: 2024-12-31, dates: {order}") for order in ("day_first", "month_first")
    )
    assert [roster_of(one).entries[0].years[0] for one in (april, march)] == [50.6667, 50.75]
    settled = read(text.replace(",30,6.5", ",12/31/1994,6.5"), "as_of: 2024-12-31")
    assert roster_of(settled).entries[0].years[0] == 50.75


def test_a_day_that_does_not_exist_to_count_from(refused: Callable[..., list[str]]) -> None:
    [found] = refused(PLAIN, "as_of: 2024-02-30")
    assert found.endswith("world.roster.as_of = 2024-02-30 is no day of the calendar, as in 2024-12-31")


# ---- spreadsheets


def rows_of(text: str) -> list[list[Any]]:
    def cell(value: str) -> Any:
        return {"yes": True, "no": False}.get(value) or (float(value) if value[:1].isdigit() else value)

    return [[cell(value) for value in line.split(",")] for line in text.splitlines()]


def write_xlsx(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def write_xls(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
    book.save(str(path))


def write_ods(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    """The least that an OpenDocument spreadsheet is."""

    def cell(value: Any) -> str:
        if isinstance(value, bool):
            kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        elif isinstance(value, float):
            kind = f'office:value-type="float" office:value="{value}"'
        else:
            kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    of = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = f'xmlns:office="{of}office:1.0" xmlns:table="{of}table:1.0" xmlns:text="{of}text:1.0"'
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        named = '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        manifest = f'<manifest:manifest xmlns:manifest="{of}manifest:1.0">{named}</manifest:manifest>'
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>{body}</office:document-content>',
        )


WRITERS = {".xlsx": write_xlsx, ".xls": write_xls, ".ods": write_ods}


@pytest.mark.parametrize("ending", WRITERS)
def test_spreadsheets(write: Callable[..., Path], ending: str) -> None:
    file = f"staff{ending}"
    write(PLAIN, "staff.csv")
    plain = load(write(f"{ROSTER}staff.csv}}")).world
    WRITERS[ending](Path(file), {"people": rows_of(PLAIN), "notes": [["nothing"]]})
    first = load(write(f"{ROSTER}{file}}}")).world
    assert same(first, plain)
    assert "sheet people; not read: notes" in said(first)
    WRITERS[ending](Path(file), {"notes": [["nothing"]], "people": rows_of(PLAIN)})
    assert same(load(write(f"{ROSTER}{{file: {file}, sheet: people}}}}")).world, plain)
    with pytest.raises(UserError, match=f"staff{ending} has no sheet peple; did you mean people\\?"):
        load(write(f"{ROSTER}{{file: {file}, sheet: peple}}}}"))


@pytest.mark.parametrize("ending", WRITERS)
def test_a_mistake_in_a_spreadsheet_has_its_cell(write: Callable[..., Path], ending: str) -> None:
    WRITERS[ending](Path(f"staff{ending}"), {"people": rows_of(PLAIN.replace(",30,", ",12,"))})
    with pytest.raises(UserError) as failure:
        load(write(f"{ROSTER}staff{ending}}}"))
    told = "age_years = 12 is below the smallest allowed value 18 (years)"
    assert str(failure.value) == f"staff{ending}:people!G3: {told}"


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
@pytest.mark.parametrize("content", [b"", PLAIN.encode(), b"PK\x03\x04broken"])
def test_what_is_no_spreadsheet(refused: Callable[..., list[str]], ending: str, content: bytes) -> None:
    [found] = refused(content, name=f"staff{ending}")
    assert f"staff{ending} cannot be read as a spreadsheet" in found


@pytest.mark.parametrize("ending", WRITERS)
def test_a_damaged_spreadsheet_is_read_or_refused_in_words(write: Callable[..., Path], ending: str) -> None:
    """Damage may make a reader take all memory or end its process: it has a process of its own."""
    file = Path(f"staff{ending}")
    WRITERS[ending](file, {"people": rows_of(PLAIN)})
    whole, scenario = file.read_bytes(), write(f"{ROSTER}staff{ending}}}")
    for seed in range(12):
        chance, content = random.Random(seed), bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(content))
            content[at : at + chance.randint(1, 4)] = bytes(
                chance.randrange(256) for _ in range(chance.randint(0, 4))
            )
        file.write_bytes(content)
        result = CliRunner().invoke(app, ["check", str(scenario)])
        assert result.exit_code in (0, 2), result.output
        assert "Traceback" not in result.output
        assert "fault of sim" not in result.output


def test_chains_of_sectors_that_never_end(write: Callable[..., Path]) -> None:
    """An .xls whose table of sectors leads back to itself took all memory of the machine."""
    write_xls(Path("staff.xls"), {"people": rows_of(PLAIN)})
    content = bytearray(Path("staff.xls").read_bytes())
    table = 512 * (1 + int.from_bytes(content[76:80], "little"))
    content[table : table + 512] = b"".join(number.to_bytes(4, "little") for number in range(128))
    Path("staff.xls").write_bytes(content)
    with pytest.raises(UserError, match=r"staff\.xls cannot be read as a spreadsheet: "):
        load(write(f"{ROSTER}staff.xls}}"))


def test_a_value_in_the_last_cell_of_all(write: Callable[..., Path]) -> None:
    with xlsxwriter.Workbook("staff.xlsx") as book:
        sheet = book.add_worksheet("people")
        sheet.write(0, 0, "id")
        sheet.write(1_048_575, 16_383, "far away")
    with pytest.raises(UserError, match="it is damaged, or far larger than it seems"):
        load(write(f"{ROSTER}staff.xlsx}}"))


def test_days_in_a_spreadsheet(write: Callable[..., Path]) -> None:
    from datetime import datetime

    rows = rows_of(PLAIN)
    with xlsxwriter.Workbook("staff.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_datetime(1, 6, datetime(1974, 12, 31))
    write(PLAIN, "staff.csv")
    found = load(write(f"{ROSTER}{{file: staff.xlsx, as_of: 2024-12-31}}}}")).world
    assert same(found, load(write(f"{ROSTER}staff.csv}}")).world)


def test_a_text_has_no_sheets(refused: Callable[..., list[str]]) -> None:
    [found] = refused(PLAIN, "sheet: people")
    assert "staff.csv is a text and has no sheets" in found


# ---- titles, totals, notes, comments


def test_titles_and_totals_are_passed_over_and_said(read: Read) -> None:
    blank = "," * NAMES.count(",")
    title, total = f"在编人员名册{blank}", f"合计{blank[:-2]}260600.5,"
    world = read("\n".join([title, "", NAMES, HEAD, NAMES, CLERK, LEADER, total, f"Total:{blank}"]))
    assert same(world, read(PLAIN))
    told = said(world)
    assert "passed over above the names of the columns: line 1" in told
    assert "passed over: line 5, the names of the columns again" in told
    assert "passed over: line 8, a total" in told
    assert "passed over: line 9, a total" in told


def test_a_note_below_is_refused_by_its_line(refused: Callable[..., list[str]]) -> None:
    [found] = refused(PLAIN + "source: personnel office" + "," * NAMES.count(","))
    assert found.startswith("staff.csv:5:1: is a note, not a post: delete the line")


def test_an_id_that_begins_like_a_comment_is_a_person(read: Read) -> None:
    world = read("# a comment\n" + PLAIN.replace("a2,", "#2,"))
    assert set(roster_of(world).people()) == {"a1", "#2", "a3"}
    again = load({"world": world.model_dump()}).world
    assert set(roster_of(again).people()) == {"a1", "#2", "a3"}


def test_a_person_called_total_is_a_person(read: Read) -> None:
    assert set(roster_of(read(PLAIN.replace("a2,", "total,"))).people()) == {"a1", "total", "a3"}


# ---- nothing is known


def test_what_nobody_knows_stays_empty_and_is_counted(read: Read) -> None:
    world = read(PLAIN.replace(",30,6.5,2,1.5,competent,98000.5", ",,,,,,"))
    told = said(world)
    for column in ("age_years", "service_years", "years_in_department", "years_in_rank", "grade_last"):
        assert f"{column} unknown of 1 of 3 people: " in told
    assert "annual_pay unknown of 2 of 3 people: drawn: " in told


# ---- names


@pytest.mark.parametrize("other", ["Office", "ＯＦＦＩＣＥ", "office ", "off\u200bice "])
def test_names_that_differ_little_are_asked_about(
    refused: Callable[..., list[str]], read: Read, other: str
) -> None:
    text = PLAIN.replace("财政局", "office", 1).replace("财政局", other)
    [found] = refused(text)
    assert found.startswith("staff.csv:3:9: department ")
    assert "in line 2" in found
    assert "world.roster: {file: staff.csv, similar_names: one} (or different)" in found
    assert len(roster_of(read(text, "similar_names: one")).departments) == 1


def test_one_unicode_form_or_another(refused: Callable[..., list[str]], read: Read) -> None:
    text = PLAIN.replace("财政局", "Mu\u0308hle", 1).replace("财政局", "M\u00fchle")
    assert "are they one?" in refused(text)[0]
    assert len(roster_of(read(text, "similar_names: different")).departments) == 2


def test_spaces_cannot_tell_departments_apart(refused: Callable[..., list[str]]) -> None:
    text = PLAIN.replace("财政局", "office", 1).replace("财政局", " office")
    [found] = refused(text, "similar_names: different")
    assert "no table can keep them apart" in found


def test_an_organisation_of_another_form_is_asked_about(
    refused: Callable[..., list[str]], read: Read
) -> None:
    text = PLAIN.replace(",east,", ",East,")
    assert "did you mean east?" in refused(text)[0]
    assert "similar_names: one" in refused(text)[0]
    assert same(read(text, "similar_names: one"), read(PLAIN))


def test_a_department_stands_under_another_unit(read: Read, refused: Callable[..., list[str]]) -> None:
    text = "\n".join(
        [f"{NAMES},parent", f"{HEAD},finance", f"{CLERK.replace('yes', '')},planning", f"{LEADER},"]
    )
    departments = roster_of(read(text)).departments
    assert [name for _, _, name in departments] == ["finance/财政局", "planning/财政局"]
    [found] = refused(text.replace(",planning", ","))
    assert 'department "财政局" has no parent here, but "finance" in another line' in found


def test_kinds_from_a_file(read: Read, write: Callable[..., Path], refused: Callable[..., list[str]]) -> None:
    without = PLAIN.replace("department_kind,", "").replace(",economic", "").replace(",,,6", ",,6")
    write("财政局: economic\n", "kinds.yaml")
    assert same(read(without, "kinds: kinds.yaml"), read(PLAIN))
    write("east/财政局: economic\n", "kinds.yaml")
    assert same(read(without, "kinds: kinds.yaml"), read(PLAIN))
    write("finance: economic\n", "kinds.yaml")
    assert 'department "财政局" is not in the file of kinds' in refused(without, "kinds: kinds.yaml")[0]
    write("财政局: soziales\n", "kinds.yaml")
    assert 'department_kind = "soziales" is not one of' in refused(without, "kinds: kinds.yaml")[0]


# ---- what the simulation does not know


def test_part_time(refused: Callable[..., list[str]], read: Read) -> None:
    text = "\n".join([f"{NAMES},weight", f"{HEAD},1", f"{CLERK},0.5", f"{LEADER},"])
    [found] = refused(text)
    assert "staff.csv:3:" in found
    assert "weight = 0.5: the simulation knows whole posts only" in found
    assert "part_time: whole" in found
    assert "1 people work part-time, 0.5 full-time posts in all" in said(read(text, "part_time: whole"))
    assert "above the largest allowed value 1" in refused(text.replace("0.5", "1.5"))[0]


def test_another_status_is_said_to_be_like_one_of_ours(refused: Callable[..., list[str]], read: Read) -> None:
    text = PLAIN.replace("contract", "临时")
    [found] = refused(text)
    assert "words: {status: {临时: contract}}" in found
    assert same(read(text, "words: {status: {临时: contract}}"), read(PLAIN))


def test_departments_without_a_head_or_with_several(read: Read) -> None:
    assert "without a post of a head (rank 5): 1" in said(read(PLAIN.replace(",5,est", ",3,est")))
    assert "with several heads (rank 5): 1" in said(read(PLAIN.replace(",2,contract", ",5,contract")))


# ---- check says what was read


def test_check_says_what_was_read(write: Callable[..., Path]) -> None:
    write(PLAIN, "staff.csv")
    result = CliRunner().invoke(app, ["check", str(write(f"{ROSTER}staff.csv}}"))])
    assert "roster staff.csv: 3 people, 0 vacant, 1 departments, 2 organisations" in result.output


def test_no_file_is_too_large(read: Read) -> None:
    """Version 0.1 stopped at 20,000,000 bytes."""
    comment = "# " + "x" * 1000 + "\n"
    assert same(read(comment * 20_100 + PLAIN), read(PLAIN))


# ---- settings of the file


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ("{sheet: x}", "world.roster.file is missing: name the roster"),
        ("{file: staff.csv, shet: x}", "world.roster.shet is not a setting; did you mean sheet?"),
        ("{file: staff.csv, decimal: colon}", "world.roster.decimal = "),
        ("{file: staff.csv, as_of: 2024}", "world.roster.as_of = 2024"),
        ("{file: staff.csv, kinds: none.yaml}", "world.roster.kinds: none.yaml: there is no such"),
        ("{file: ../staff.csv}", "lies outside the folder of the file that names it"),
    ],
)
def test_wrong_settings(write: Callable[..., Path], told: str, complaint: str) -> None:
    write(PLAIN, "staff.csv")
    with pytest.raises(UserError) as failure:
        load(write(f"{ROSTER}{told}}}"))
    assert complaint in str(failure.value)
    assert str(failure.value).startswith("x.yaml:1:")


def test_a_patch_may_change_one_setting_of_the_file(write: Callable[..., Path]) -> None:
    write(PLAIN.replace("contract", "temporary"), "staff.csv")
    write(f"{ROSTER}{{file: staff.csv}}}}", "base.yaml")
    patch = "extends: base.yaml\nworld: {roster: {words: {status: {temporary: contract}}}}"
    assert roster_of(load(write(patch)).world)
