"""SQL over stored results: the numbers are pandas', the labels are right, and nothing but reading is possible."""

import hashlib
import json
import shutil
import time
from pathlib import Path

import pandas
import pytest

import sim
from sim.core.errors import UserError
from sim.lab.questions.query import views
from sim.lab.results.files import write_manifest

pytestmark = pytest.mark.usefixtures("undrawn_throughout")

SHARE = "regime.floating_pay.floating_share"


@pytest.fixture(scope="module")
def results(small, tmp_path_factory):
    """One run twice (alone and in a comparison), a comparison, a sweep and a decomposition."""
    folder = tmp_path_factory.mktemp("stored") / "results"
    tiny = {"horizon__quarters": 10, "replications": 2}
    old, new = small("civil_service", **tiny), small("four_systems", **tiny)
    made = {
        "run": sim.run(new, out=folder),
        "compare": sim.compare([old, new], out=folder),
        "sweep": sim.sweep(new, {SHARE: [0.2, 0.4]}, out=folder),
        "decompose": sim.decompose(old, new, outcomes=["morale", "effort"], out=folder),
    }
    return folder, made


def test_a_mean_is_the_one_that_pandas_finds(results):
    folder, made = results
    asked = f"""
        select quarter, avg(morale) as morale, count(*) as number from area
        where result = '{made["run"].folder.name}' group by quarter order by quarter
    """
    found = sim.query(asked, folder)
    expected = made["run"].area.groupby("quarter")["morale"].agg(["mean", "size"])
    assert found["quarter"].tolist() == expected.index.tolist()
    assert found["morale"].tolist() == pytest.approx(expected["mean"].tolist(), rel=1e-12, abs=1e-15)
    assert found["number"].tolist() == expected["size"].tolist()


def test_tables_of_one_name_are_united_and_labelled(results):
    folder, made = results
    found = sim.query("select result, scenario, count(*) as n from staff group by all order by all", folder)
    inside = made["compare"].tables
    expected = {
        (made["run"].folder.name, "four_systems"): len(made["run"].staff),
        **{(made["compare"].folder.name, name): len(one.staff) for name, one in inside.items()},
    }
    assert {(row.result, row.scenario): row.n for row in found.itertuples()} == expected


def test_a_join_of_events_and_staff(results):
    folder, made = results
    run = made["run"]
    joined = sim.query(
        f"""
        select count(*) as n, avg(staff.ability) as ability
        from events join staff using (result, scenario, replication, person)
        where event = 'resigned' and result = '{run.folder.name}'
        """,
        folder,
    )
    gone = run.events[run.events["event"] == "resigned"]
    expected = gone.merge(run.staff, on=["replication", "person"], suffixes=("", "_last"))
    assert joined["n"].tolist() == [len(gone)]
    assert len(gone) > 0
    assert joined["ability"][0] == pytest.approx(expected["ability_last"].mean())


def test_tables_of_every_kind_of_result(results):
    folder, made = results
    effects = sim.query("select * from effects where outcome = 'morale'", folder)
    assert effects["scenario"].tolist() == ["four_systems"]
    assert (
        effects["difference"][0] == made["compare"].effects.set_index("outcome").loc["morale", "difference"]
    )
    points = sim.query(
        f"select \"{SHARE}\", mean from points where outcome = 'effort' order by point", folder
    )
    assert points[SHARE].tolist() == [0.2, 0.4]
    parts = sim.query("select part, difference from parts where outcome = 'morale'", folder)
    own = made["decompose"].parts.query("outcome == 'morale'")
    assert parts["difference"].tolist() == own["difference"].tolist()
    kinds = sim.query("select kind from results order by kind", folder)["kind"].tolist()
    assert kinds == ["comparison", "decomposition", "run", "sweep"]


def test_the_views_are_listed_with_their_rows_and_columns(results):
    folder, made = results
    found = views(folder).set_index("view")
    runs = [made["run"], *made["compare"].tables.values()]
    assert found.loc["area", "rows"] == sum(len(run.area) for run in runs)
    assert found.loc["points", "rows"] == len(made["sweep"].points)
    assert found.loc["area", "columns"] == ["result", "scenario", *made["run"].area.columns]
    assert found.loc["results", "rows"] == 4


def test_a_single_result_and_several_folders(results, tmp_path):
    folder, made = results
    alone = made["run"].folder
    counted = "select count(*) as n from area"
    assert sim.query(counted, alone)["n"][0] == len(made["run"].area)
    assert sim.query(counted, [folder, alone])["n"][0] == sim.query(counted, folder)["n"][0]
    shutil.copytree(alone, tmp_path / alone.name)
    twice = sim.query("select result, count(*) as n from area group by all", [alone, tmp_path])
    assert twice["n"].tolist() == [len(made["run"].area)] * 2


def write_study(folder: Path, hidden: str = "") -> Path:
    """A result of a kind that this module knows nothing about."""
    place = folder / f"{hidden}study-grid-0123"
    place.mkdir(parents=True)
    pandas.DataFrame({"point": [0, 0, 1], "scenario": ["a", "b", "a"], "morale": [1.0, 2.0, 3.0]}).to_parquet(
        place / "runs.parquet"
    )
    pandas.DataFrame({"result": ["x"], "none": [None]}).to_parquet(place / "failures.parquet")
    named = ("runs.parquet", "failures.parquet")
    tables = {name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in named}
    write_manifest(place, {"result": "study", "schema": 2, "name": "grid", "tables": tables})
    return place


def test_a_result_of_another_kind_is_known_by_its_manifest(tmp_path):
    write_study(tmp_path)
    found = sim.query("select scenario, sum(morale) as s from runs group by all order by all", tmp_path)
    assert found.values.tolist() == [["a", 4.0], ["b", 2.0]]
    own = sim.query("select result, scenario, own_result from failures", tmp_path)
    assert own["result"].tolist() == ["study-grid-0123"]
    assert own["own_result"].tolist() == ["x"]
    assert own["scenario"].isna().all()


def test_what_is_unfinished_is_passed_over(tmp_path):
    write_study(tmp_path)
    write_study(tmp_path, hidden=".partial-")
    assert len(sim.query("select * from results", tmp_path)) == 1


@pytest.mark.parametrize("harm", ["bytes", "missing", "manifest", "outside"])
def test_what_is_damaged_is_left_out_and_named(results, tmp_path, harm):
    whole = write_study(tmp_path)
    broken = tmp_path / "broken-1"
    shutil.copytree(whole, broken)
    if harm == "bytes":
        (broken / "runs.parquet").write_bytes((broken / "runs.parquet").read_bytes()[:-9] + b"123456789")
    elif harm == "missing":
        (broken / "runs.parquet").unlink()
    elif harm == "manifest":
        (broken / "manifest.json").write_text("{")
    else:
        manifest = json.loads((broken / "manifest.json").read_text())
        manifest["tables"] = {"../study-grid-0123/runs.parquet": "x"}
        (broken / "manifest.json").write_text(json.dumps(manifest))
    told = []
    found = sim.query("select count(*) as n from runs", tmp_path, told.append)
    assert found["n"][0] == 3
    assert len(told) == 1
    assert "broken-1" in told[0]
    with pytest.warns(UserWarning, match="broken-1"):
        sim.query("select count(*) from runs", tmp_path)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select moral from area", "there is no column moral; did you mean morale?"),
        ("select * from aria", "there is no table aria; did you mean area?"),
        ("select * from qqq", "there is no table qqq; there is results, area"),
        ("selec 1", 'syntax error at or near "selec"'),
        ("", "the query is empty"),
        ("select 1; select 2", "one SELECT, not 2 statements"),
        ("-- nothing", "one SELECT, not 0 statements"),
        (f"select {SHARE} from points", f'a column with dots is quoted, as in "{SHARE}"'),
        ("select frobnicate(1)", "frobnicate does not exist"),
    ],
)
def test_mistakes_are_told_in_one_line(results, sql, message):
    with pytest.raises(UserError) as raised:
        sim.query(sql, results[0])
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(UserError, match="is not there"):
        sim.query("select 1", tmp_path / "nowhere")
    with pytest.raises(UserError, match="holds no stored result"):
        sim.query("select 1", tmp_path)


SECRET = "a secret that no query may read"


@pytest.mark.parametrize(
    "sql",
    [
        "copy area to '{file}.csv'",
        "copy (select 1) to '{file}.csv'",
        "export database '{file}'",
        "attach '{file}.db'",
        "create table t as select * from '{file}'",
        "insert into results select * from results",
        "drop view area",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "pragma enable_external_access",
        "install httpfs",
        "load httpfs",
        "call pragma_version()",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from '{file}'",
        "select * from read_text('{file}')",
        "select * from read_blob('{file}')",
        "select * from read_csv('{file}', header = false)",
        "select * from read_json('{file}')",
        "select * from read_parquet('{file}')",
        "select * from glob('{folder}/*')",
        "select * from parquet_metadata('{file}')",
        "select * from 'https://example.org/x.csv'",
        "select * from sniff_csv('{file}')",
        "select * from secret_frame",
        "with x as (select * from read_text('{file}')) select * from x",
        "select getenv('PATH')",
    ],
)
def test_nothing_can_be_written_or_read_elsewhere(results, tmp_path, sql):
    secret_frame = pandas.DataFrame({"a": [SECRET]})
    file = tmp_path / "secret.csv"
    file.write_text(SECRET)
    stored = {path: path.stat().st_mtime_ns for path in results[0].rglob("*")}
    with pytest.raises(UserError) as raised:
        sim.query(sql.format(file=file, folder=tmp_path), results[0])
    assert SECRET not in str(raised.value)
    assert "\n" not in str(raised.value)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]
    assert {path: path.stat().st_mtime_ns for path in results[0].rglob("*")} == stored
    assert len(secret_frame) == 1


def test_settings_are_locked(results):
    named = "enable_external_access lock_configuration python_enable_replacements autoload_known_extensions"
    asked = (
        f"select name, value from duckdb_settings() where list_contains(string_split('{named}', ' '), name)"
    )
    found = dict(sim.query(asked, results[0]).values.tolist())
    assert {name: str(value).lower() for name, value in found.items()} == {
        "enable_external_access": "false",
        "lock_configuration": "true",
        "python_enable_replacements": "false",
        "autoload_known_extensions": "false",
    }


SLOW = "select count(*) as n from range(3000000) a(x), range(100000) b(y) where x + y = 7"


@pytest.mark.parametrize(
    ("sql", "limits", "message"),
    [
        (SLOW, {"seconds": 0.5}, r"took longer than 0\.5 s: ask for less, or allow more \(--seconds\)"),
        (
            "select list(x order by x desc) from range(100000000) a(x)",
            {"gigabytes": 0.1},
            r"needs more than 0\.1 GB of memory: ask for less .*, or allow more \(--gigabytes\)",
        ),
        (
            "select x, x + 1 as y from range(100000000) a(x)",
            {"gigabytes": 0.1},
            "the query or its answer needs more",
        ),
    ],
)
def test_a_query_has_limits_and_says_so(tmp_path, sql, limits, message):
    write_study(tmp_path)
    started = time.monotonic()
    with pytest.raises(UserError, match=message):
        sim.query(sql, tmp_path, **limits)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "limits",
    [{"seconds": 0}, {"seconds": float("nan")}, {"gigabytes": -1}, {"gigabytes": 1e9}, {"seconds": "x"}],
)
def test_limits_have_bounds(tmp_path, limits):
    write_study(tmp_path)
    with pytest.raises(UserError, match=f"{next(iter(limits))} = .*: must be "):
        sim.query("select 1", tmp_path, **limits)


def test_an_answer_of_many_pieces_is_whole(tmp_path):
    write_study(tmp_path)
    found = sim.query("select x, x % 3 = 0 as is_third, 'a' || x as word from range(500000) a(x)", tmp_path)
    assert found["x"].tolist() == list(range(500000))
    assert found.dtypes.map(str).tolist() == ["int64", "bool", "str"]
    assert sim.query("select x from range(9) a(x) where x > 10", tmp_path).columns.tolist() == ["x"]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("update extensions", "a query only reads: it is a SELECT, not a statement of another kind"),
        ("pivot runs on scenario", "a query only reads: it is a SELECT, not MULTI"),
        ("merge into runs using runs on true when matched then delete", "not MERGE INTO"),
        ("checkpoint", "not CALL"),
        ("prepare p as select 1", "not PREPARE"),
        ("select '\ud800'", "the query holds half of a character at place 9"),
        ("select \0", "the query cannot be run"),
        ("(" * 100_000, "the query cannot be run"),
        ("select " + "1+" * 20_000 + "1", "the query cannot be run"),
        ("select " + "9" * 5000, "the query"),
        ("-- nothing", "a query is one SELECT, not 0 statements"),
    ],
)
def test_unknown_and_impossible_statements_are_refused_in_words(tmp_path, sql, message):
    write_study(tmp_path)
    with pytest.raises(UserError, match=message):
        sim.query(sql, tmp_path)
