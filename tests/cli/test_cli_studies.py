"""Studies on the command line: planned, run, asked; each step as a user types it."""

import pandas
import pytest

from tests.lab.results.beside import without_text
from tests.lab.small_study import sim, study_file

UNCERTAIN = {
    "behaviour.quits.base_contract": {"low": 0.01, "high": 0.2},
    "behaviour.effort.cost": {"times": 2},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A place with a study of every kind that is asked something."""
    place = tmp_path_factory.mktemp("studies")
    designs = {
        "space": {"kind": "latin_hypercube", "points": 12},
        "screen": {"kind": "morris", "trajectories": 3},
        "shares": {"kind": "sobol", "base": 4},
    }
    for name, design in designs.items():
        path = study_file(
            place,
            name=name,
            design=design,
            levers=None,
            uncertainties=UNCERTAIN,
            replications=2,
            headlines=["four_systems:ability<0"],
        )
        done = sim("sweep", path, "--out", place, "-q", "--workers", "2")
        assert done.returncode == 0, done.stderr
    return place


def test_a_plan_says_what_it_will_take_and_runs_nothing(tmp_path):
    done = sim("sweep", study_file(tmp_path), "--plan", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert lines["points"].split()[1] == "6"
    assert lines["scenarios"].split()[1] == "2"
    assert lines["runs"].split()[1] == "36"
    assert "with 1 worker" in lines["time"]
    assert "are free" in lines["disk"]
    assert not (tmp_path / "out").exists()


def test_check_reads_studies(tmp_path):
    done = sim("check", study_file(tmp_path), study_file(tmp_path, name="wrong", outcomes=["nothing"]))
    assert done.returncode == 2
    assert "tiny, 6 points (grid), 2 scenarios, 3 replications of each" in done.stdout
    assert "there is no outcome nothing" in done.stderr


@pytest.mark.parametrize(
    ("command", "study", "kept", "tables"),
    [
        ("sensitivity", "screen", "sensitivity", ["indices", "quality"]),
        ("sensitivity", "shares", "sensitivity", ["indices", "quality"]),
        ("sensitivity", "space", "sensitivity", ["indices", "quality"]),
        ("robust", "space", "robustness", ["headlines", "regrets", "satisficing"]),
    ],
)
def test_an_analysis_is_kept_beside_its_study(folder, command, study, kept, tables):
    done = sim(command, folder / f"study-{study}", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.rstrip().splitlines()[-1].startswith("报告：")
    assert "report.zh.html" in done.stdout
    where = folder / f"study-{study}" / kept
    for table in tables:
        assert len(pandas.read_csv(where / f"{table}.csv"))
    assert without_text(folder / f"study-{study}") == set()
    for file in ("report.html", "report.md", "report.zh.md"):
        assert (where / file).stat().st_size > 500
    assert list((where / "figures").glob("*.png"))


def test_the_headlines_of_the_file_are_questioned(folder):
    done = sim("robust", folder / "study-space", "-q")
    assert done.returncode == 0, done.stderr
    found = pandas.read_csv(folder / "study-space" / "robustness" / "headlines.csv")
    assert {tuple(row) for row in found[["scenario", "outcome", "sign"]].to_numpy()} == {
        ("four_systems", "ability", -1)
    }


def test_a_headline_of_ones_own(folder):
    done = sim("robust", folder / "study-space", "--headline", "four_systems:output_per_post<0")
    assert done.returncode == 0, done.stderr
    found = pandas.read_csv(folder / "study-space" / "robustness" / "headlines.csv")
    assert set(found["outcome"]) == {"output_per_post"}
    assert set(found["sign"]) == {-1}
    exclusive = found[found["state"] != "by_estimate"]
    assert exclusive["count"].sum() == 12


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["attribute", "study-space"], "attribute reads kind coalitions"),
        (["robust", "study-space", "--headline", "up"], "write scenario:outcome>0"),
        (["robust", "study-space", "--smallest", "ability=much"], "write OUTCOME=SIZE"),
        (
            ["robust", "study-space", "--smallest", "ability=-1"],
            "smallest effect of ability = -1.0: must be a number",
        ),
        (["robust", "study-space", "--headline", "four_system:ability>0"], "did you mean four_systems?"),
        (["sensitivity", "nothing"], "there is no such folder"),
        (["merge", "nothing"], "holds no study: there is no such folder"),
        (["merge", "study-space", "study-screen"], "are of different studies"),
    ],
)
def test_wrong_questions_are_told(folder, words, message):
    given = [str(folder / word) if word.startswith(("study-", "nothing")) else word for word in words]
    done = sim(*given)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_study_answers_sql(folder):
    done = sim(
        "query", "select scenario, count(*) n from runs group by 1 order by 1", "--in", folder, "--csv"
    )
    assert done.returncode == 0, done.stderr
    runs = 2 * (12 + 3 * 3 + 4 * 4)
    assert done.stdout.split() == ["scenario,n", f"civil_service,{runs}", f"four_systems,{runs}"]


def test_a_listing_names_the_tables_that_can_be_asked(folder):
    done = sim("query", "Show Tables;", "--in", folder, "--csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["name", "effects", "failures", "points", "results", "runs", "units"]


def test_files_of_other_commands_are_told(tmp_path):
    path, targets = study_file(tmp_path), tmp_path / "aims.yaml"
    targets.write_text("scenario: x.yaml\ntargets: []\n", encoding="utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text("design: [\n", encoding="utf-8")
    for words, message in (
        (["run", path], "is a study, not a scenario: sim sweep runs it"),
        (["run", targets], "is a targets file, not a scenario: sim calibrate reads it"),
        (["sweep", targets], "is a targets file: sim calibrate reads it"),
        (["sweep", broken], "broken.yaml:2:1: is not YAML"),
    ):
        done = sim(*words)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert message in done.stderr


def test_options_of_studies_do_not_fit_scenarios(tmp_path):
    from tests.model.small import FOLDER

    done = sim("sweep", FOLDER / "four_systems.yaml", "--resume", "--vary", "seed=1,2")
    assert done.returncode == 2
    assert "are for studies" in done.stderr
