"""`sim query`: what is printed where, and how it ends."""

import json
from pathlib import Path

import pandas
import pytest

from sim.lab.results.files import write_frames, write_manifest

POINTS = pandas.DataFrame({"point": range(60), "level": [number / 3 for number in range(60)], "word": "一二"})


@pytest.fixture
def stored(sim):
    """One stored result below results/ of the folder the commands run in."""
    folder = Path("results/sweep-x-1")
    tables = write_frames(folder, {"points": POINTS})
    write_manifest(folder, {"result": "sweep", "schema": 2, "name": "x", "seed": 3, "tables": tables})
    return sim


def test_a_table_is_aligned_and_counted(stored):
    result = stored("query", "select point, level, word from points where point < 3 order by point")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "point     level  word",
        "    0         0  一二",
        "    1  0.333333  一二",
        "    2  0.666667  一二",
        "(3 rows)",
    ]


def test_at_most_fifty_rows_are_shown(stored):
    lines = stored("query", "select * from points").stdout.splitlines()
    assert len(lines) == 52
    assert lines[-1] == "(60 rows; the first 50 are shown, --csv or --json gives all)"


def test_all_rows_as_csv_and_json(stored):
    lines = stored("query", "select point from points order by point", "--csv").stdout.splitlines()
    assert lines == ["point", *map(str, range(60))]
    found = json.loads(stored("query", "select max(level) as m, min(word) as w from points", "--json").stdout)
    assert found == [{"m": pytest.approx(59 / 3), "w": "一二"}]


@pytest.mark.parametrize(("name", "words"), [("a.csv", []), ("a.json", []), ("a.txt", ["--json"])])
def test_a_file_is_written(stored, name, words):
    result = stored("query", "select point from points", "--out", name, *words)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"60 rows: {name}\n"
    text = Path(name).read_text()
    assert len(json.loads(text) if name != "a.csv" else text.splitlines()[1:]) == 60


def test_the_tables_are_listed(stored):
    lines = stored("query", "--tables").stdout.splitlines()
    assert lines[0] == "results: 1 row"
    assert "points: 60 rows" in lines
    assert lines[-1] == "    result, scenario, point, level, word"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "write one SELECT in quotes"),
        (["select 1", "--tables"], "write one SELECT in quotes"),
        (["select levvel from points"], "there is no column levvel; did you mean level?"),
        (["select 1", "--json", "--csv"], "choose one"),
        (["select 1", "--out", "no/such/a.csv"], "no folder no/such"),
        (["select 1", "--in", "elsewhere"], "the folder elsewhere is not there"),
        (["copy points to 'x.csv'"], "a query only reads: it is a SELECT, not COPY"),
        (["select * from read_csv('/etc/passwd')"], "reads the stored tables only"),
    ],
)
def test_wrong_input_is_one_line_and_exits_with_two(stored, words, message):
    result = stored("query", *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_damaged_result_is_named_beside_the_answer(stored):
    Path("results/broken-2").mkdir()
    Path("results/broken-2/manifest.json").write_text("[]")
    result = stored("query", "select count(*) as n from points", "--csv")
    assert (result.exit_code, result.stdout) == (0, "n\n60\n")
    assert result.stderr.startswith("Warning: left out: results/broken-2")
