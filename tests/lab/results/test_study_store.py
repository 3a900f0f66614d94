"""Stored results: complete or not there, found again, and refused when damaged."""

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas
import pytest

from sim.core.errors import UserError
from sim.lab.jobs import folder as folders
from sim.lab.questions.run import run
from sim.lab.results.checked import write_record
from sim.lab.results.store import open_results
from sim.lab.results.tables import Tables
from sim.scenario.schema import Scenario
from tests.lab.results.beside import without_text

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def kept(new: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return run(new, replications=2, out=tmp_path_factory.mktemp("results"))


@pytest.fixture
def copied(kept: Tables, tmp_path: Path) -> Path:
    """A copy that may be spoilt."""
    return Path(shutil.copytree(str(kept.folder), tmp_path / "copy"))


def refused(folder: Path) -> str:
    with pytest.raises(UserError) as error:
        open_results(folder)
    return str(error.value).replace(str(folder), "FOLDER")


def test_a_run_is_stored_with_everything(kept: Tables) -> None:
    assert kept.folder is not None
    there = {path.relative_to(kept.folder).as_posix() for path in kept.folder.rglob("*") if path.is_file()}
    for name in (
        "manifest.json",
        "report.md",
        "report.html",
        "area.parquet",
        "events.parquet",
        "staff.parquet",
    ):
        assert name in there
    assert without_text(kept.folder) == set()
    assert {"figures/time_paths.png", "figures/time_paths.svg", "figures/flows.svg"} <= there
    assert not any("owner" in name for name in there)
    assert kept.folder.name == f"four_systems-{kept.manifest['hash']}"


def test_what_is_opened_is_what_was_made(kept: Tables) -> None:
    assert kept.folder is not None
    opened = open_results(str(kept.folder))
    assert isinstance(opened, Tables)
    for name, frame in kept.frames().items():
        pandas.testing.assert_frame_equal(frame, opened.frames()[name], check_exact=True, obj=name)
    assert opened.manifest["scenario"] == json.loads(json.dumps(kept.manifest["scenario"]))


def test_no_path_of_this_machine_is_stored(kept: Tables) -> None:
    assert kept.folder is not None
    text = (kept.folder / "manifest.json").read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert str(kept.folder.parent) not in text


def test_the_same_input_is_not_run_again(
    kept: Tables, new: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept.folder is not None
    monkeypatch.setattr("sim.lab.questions.run.simulate_all", lambda *_: pytest.fail("it was run again"))
    found = run(new, replications=2, out=kept.folder.parent)
    assert found.reused
    assert not kept.reused
    assert found.manifest["created"] == kept.manifest["created"]


def test_again_runs_it_again_to_the_same_tables(new: Scenario, tmp_path: Path) -> None:
    first = run(new, replications=1, out=tmp_path)
    assert first.folder is not None
    before = {path.name: path.read_bytes() for path in first.folder.glob("*.parquet")}
    second = run(new, replications=1, out=tmp_path, again=True)
    assert not second.reused
    assert {path.name: path.read_bytes() for path in first.folder.glob("*.parquet")} == before
    assert [path.name for path in tmp_path.iterdir()] == [first.folder.name]


def test_whatever_decides_a_result_changes_its_hash(new: Scenario, old: Scenario, kept: Tables) -> None:
    from sim.lab.questions.run import planned_manifest

    hashes = [
        planned_manifest(one)["hash"] for one in (new, old, new.with_(seed=9), new.with_(replications=9))
    ]
    assert len({*hashes, kept.manifest["hash"]}) == 5
    assert planned_manifest(new.with_(replications=2))["hash"] == kept.manifest["hash"]


@pytest.mark.parametrize("blocked", ["file", "file/below"])
def test_an_output_folder_that_cannot_be_written_is_told_before_anything_runs(
    blocked: str, new: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setattr("sim.lab.questions.run.simulate_all", lambda *_: pytest.fail("it ran"))
    with pytest.raises(UserError, match=r"the output folder .* cannot be written: .*; choose another one"):
        run(new, replications=1, out=tmp_path / blocked)


def test_a_failure_in_the_middle_leaves_nothing(
    new: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.lab.results.store.write_manifest", full)
    with pytest.raises(OSError, match="No space left"):
        run(new, replications=1, out=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_run_leaves_nothing_that_looks_finished(tmp_path: Path) -> None:
    code = (
        "from sim.lab.questions.run import run\n"
        f"run({str(ROOT / 'scenarios' / 'civil_service.yaml')!r}, replications=200, out={str(tmp_path)!r})"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    deadline = time.monotonic() + 300
    while not list(tmp_path.glob(".partial-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".partial-")] == []
    assert len(list(tmp_path.iterdir())) == 1
    folders.clean(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_unfinished_folders_of_the_living_are_left_alone(tmp_path: Path) -> None:
    with folders.new_folder(tmp_path, "mine") as mine:
        with folders.new_folder(tmp_path, "other") as other:
            assert mine.is_dir()
            (other / "x").write_text("x", encoding="utf-8")
        assert mine.is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "other"]


def test_a_folder_of_the_living_is_never_taken_however_old_and_empty_it_is(tmp_path: Path) -> None:
    with folders.new_folder(tmp_path, "mine") as mine:
        os.utime(mine, (0, 0))
        folders.clean(tmp_path)
        assert mine.is_dir()
    assert (tmp_path / "mine").is_dir()


def test_of_another_machine_only_what_a_week_old_is_taken(tmp_path: Path) -> None:
    fresh, old = (tmp_path / f".partial-0123456789ab-1-{name}" for name in ("fresh", "old"))
    fresh.mkdir()
    old.mkdir()
    os.utime(old, (0, 0))
    folders.clean(tmp_path)
    assert list(tmp_path.iterdir()) == [fresh]


LAST_PROCESS = 4_194_301
"""A number near the largest that Linux gives, which no process of a test has."""


@pytest.mark.parametrize("start", ["", "123\n"], ids=["gone", "number given away"])
def test_a_process_that_is_no_more_keeps_nobody_off(start: str, tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    number = os.getpid() if start else LAST_PROCESS
    (folder / "owner.lock").write_text(f"{number}\n{platform.node()}\n{start}", encoding="utf-8")
    folders.refuse_if_taken(folder)
    with folders.signed(folder):
        assert (folder / "owner.lock").read_text().splitlines()[:2] == [str(os.getpid()), platform.node()]
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("mark", "who"),
    [
        (f"{os.getppid()}\n{platform.node()}\n", f"process {os.getppid()}"),
        (f"{LAST_PROCESS}\nanother machine\n", f"process {LAST_PROCESS}"),
        ("", "another process"),
        ("[" * 10_000, "another process"),
        ("9" * 4000 + f"\n{platform.node()}\n", "another process"),
        (f"-1\n{platform.node()}\n", "another process"),
    ],
    ids=["alive", "elsewhere", "empty", "no mark", "no number", "negative"],
)
def test_whoever_may_be_at_work_is_named_with_what_to_remove(mark: str, who: str, tmp_path: Path) -> None:
    (tmp_path / "owner.lock").write_text(mark, encoding="utf-8")
    with pytest.raises(UserError) as error, folders.signed(tmp_path):
        pytest.fail("it was taken")
    assert str(error.value) == (
        f"{who} works on {tmp_path}: wait for it, or stop it first "
        "(if it is no longer sim, remove owner.lock there)"
    )
    assert (tmp_path / "owner.lock").read_text(encoding="utf-8") == mark


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    for text in ("one", "two"):
        with folders.new_folder(tmp_path, "result") as made:
            (made / text).write_text(text, encoding="utf-8")
    assert [path.name for path in (tmp_path / "result").iterdir()] == ["two"]
    assert [path.name for path in tmp_path.iterdir()] == ["result"]


def test_no_such_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere") == "FOLDER: there is no such folder"


def test_a_file_is_no_folder(copied: Path) -> None:
    assert refused(copied / "report.md").startswith("FOLDER is a file; name the folder of a stored result")


def test_any_folder_is_no_result(tmp_path: Path) -> None:
    assert refused(tmp_path) == "FOLDER holds no result: it has no manifest.json"


def test_the_folder_of_results_names_those_it_holds(kept: Tables) -> None:
    assert kept.folder is not None
    assert refused(kept.folder.parent).endswith(f"It contains results: {kept.folder.name}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "FOLDER/manifest.json cannot be read"),
        ("[]", "FOLDER/manifest.json is not the manifest of a result"),
        (
            '{"result": "run", "schema": 99}',
            "FOLDER was written in layout 99, this version reads layout 2",
        ),
        ('{"result": "run", "schema": 1}', "FOLDER was written in layout 1, this version reads layout 2"),
        ('{"result": "cake", "schema": 2}', "FOLDER holds a cake, which this version does not know"),
        ('{"result": "run", "schema": 2}', "FOLDER is damaged: its manifest lacks or misstates 'tables'"),
    ],
)
def test_a_spoilt_manifest_is_told(text: str, said: str, copied: Path) -> None:
    path = copied / "manifest.json"
    path.write_text(text, encoding="utf-8")
    if '"schema": 2' in text:
        write_record(path, json.loads(text))  # with its checksum
    assert refused(copied).replace(os.sep, "/").startswith(said)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"seed": "1"}, "'seed'"),
        ({"replications": 2.5}, "'replications'"),
        ({"scenario": []}, "'scenario'"),
        ({"window": 8, "warnings": "none"}, "'warnings', 'window'"),
        ({"changed": [{"path": "seed"}]}, "'changed'"),
        ({"tables": ["area.parquet"]}, "'tables'"),
    ],
)
def test_a_manifest_that_misstates_something_is_told_by_its_keys(
    changed: dict[str, object], wrong: str, copied: Path
) -> None:
    path = copied / "manifest.json"
    write_record(path, {**json.loads(path.read_text(encoding="utf-8")), **changed})
    assert refused(copied) == f"FOLDER is damaged: its manifest lacks or misstates {wrong}"


def test_a_table_that_the_manifest_does_not_list_is_told(copied: Path) -> None:
    path = copied / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["tables"]["events.parquet"]
    write_record(path, manifest)
    assert refused(copied) == "FOLDER is not complete: it has no table events. Run it again with --again"


def test_a_missing_table_is_told(copied: Path) -> None:
    (copied / "staff.parquet").unlink()
    assert refused(copied) == "FOLDER is not complete: staff.parquet is missing. Run it again with --again"


def test_a_cut_table_is_told(copied: Path) -> None:
    whole = (copied / "area.parquet").read_bytes()
    (copied / "area.parquet").write_bytes(whole[: len(whole) // 2])
    assert (
        refused(copied)
        == "FOLDER is damaged: area.parquet is not what was written. Run it again with --again"
    )


def test_an_interruption_that_a_library_swallowed_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.core.interruption.heard", [2])
    with pytest.raises(KeyboardInterrupt), folders.new_folder(tmp_path, "result") as folder:
        (folder / "table.csv").write_text("a")
    assert list(tmp_path.iterdir()) == []
