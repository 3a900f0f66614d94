"""A damaged file is never read as good, and is made again."""

import json
from pathlib import Path

import pandas
import pytest

from sim.core.errors import Notice, UserError
from sim.lab.designs.plan import plan_of, read_plan
from sim.lab.jobs.shards import read_shards
from sim.lab.jobs.study_folder import begin
from sim.lab.questions.query import query
from sim.lab.questions.run import run
from sim.lab.results.checked import OPENING, Damaged, checksum_of, read_record, write_record
from sim.lab.results.store import open_results
from sim.scenario.schema import Scenario
from tests.lab.results.flips import NOTICED, outcomes, stored_result, stored_study
from tests.lab.small_study import study_file

pytestmark = pytest.mark.usefixtures("undrawn_throughout")


def flip(path: Path, place: int = 100) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)


def test_a_flipped_bit_is_noticed_wherever_it_is(tmp_path: Path) -> None:
    found = outcomes(tmp_path, 400, seed=7)
    assert {kind for kind, _ in found} == {"manifest", "table", "plan", "shard"}
    assert {what for _, what in found} == {NOTICED}


def test_every_bit_of_a_short_record(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    write_record(path, {"schema": 2, "a": "x"})
    whole = path.read_bytes()
    for place in range(len(whole) * 8):
        spoilt = bytearray(whole)
        spoilt[place // 8] ^= 1 << place % 8
        path.write_bytes(spoilt)
        with pytest.raises(Damaged):
            read_record(path, "a record", "schema")
    path.write_bytes(whole)
    assert read_record(path, "a record", "schema") == {"schema": 2, "a": "x"}


def test_a_record_is_json_and_ends_with_the_checksum_of_all_before_it(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    write_record(path, {"schema": 2, "name": "四定", "none": float("nan")})
    sealed = path.read_bytes().rpartition(OPENING)[0] + OPENING
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found == {"schema": 2, "name": "四定", "none": None, "sha256": checksum_of(sealed)}
    assert [file.name for file in tmp_path.iterdir()] == ["x.json"]


@pytest.mark.parametrize("victim", ["area.parquet", "manifest.json"])
def test_a_damaged_result_is_made_again(victim: str, new: Scenario, tmp_path: Path) -> None:
    first = run(new, replications=1, out=tmp_path, report=False)
    assert first.folder is not None
    flip(first.folder / victim)
    with pytest.warns(Notice, match=rf"{victim}.*; it is made again"):
        second = run(new, replications=1, out=tmp_path, report=False)
    assert not second.reused
    pandas.testing.assert_frame_equal(first.area, second.area, check_exact=True)
    assert run(new, replications=1, out=tmp_path, report=False).reused


def test_a_damaged_plan_is_written_anew_and_the_shards_stay(tmp_path: Path) -> None:
    folder, plan = stored_study(tmp_path / "study"), plan_of(study_file(tmp_path))
    flip(folder / "plan.json")
    with pytest.raises(UserError, match="or go on with --resume"):
        begin(folder, plan, resume=False, again=False)
    with pytest.warns(Notice, match="it is written anew"):
        begin(folder, plan, resume=True, again=False)
    assert read_plan(folder).hash == plan.hash
    assert len(read_shards(folder, plan)) == 5


def test_a_shard_of_another_study_is_refused_and_stays(tmp_path: Path) -> None:
    folder = stored_study(tmp_path / "study")
    other = plan_of(study_file(tmp_path, seed=2))
    stranger = sorted((folder / "shards").iterdir())[0].rename(folder / "shards" / "stranger.parquet")
    with pytest.raises(UserError, match="is of another study"):
        read_shards(folder, other)
    assert stranger.exists()


def test_a_damaged_shard_is_told_and_gone(tmp_path: Path) -> None:
    folder = stored_study(tmp_path / "study")
    victim = sorted((folder / "shards").iterdir())[0]
    flip(victim)
    with pytest.warns(Notice, match="1 damaged shards were removed; their runs are made again"):
        rows = read_shards(folder, read_plan(folder))
    assert len(rows) == 2
    assert not victim.exists()


def test_results_of_version_0_1_are_not_read_since_their_units_are_others(tmp_path: Path) -> None:
    folder = stored_result(tmp_path / "made_up")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    old = {name: value for name, value in manifest.items() if name != "sha256"} | {"schema": 1}
    (folder / "manifest.json").write_text(json.dumps(old, indent=1), encoding="utf-8")
    with pytest.raises(UserError, match=r"left out: .* \(layout 1, of version 0\.1, has other units\)"):
        query("select * from area", folder)
    with pytest.raises(Damaged, match=r"layout 1, of version 0\.1, has other units"):
        open_results(folder)


def test_a_manifest_whose_checksum_was_taken_away_is_not_taken_for_an_old_one(tmp_path: Path) -> None:
    folder = stored_result(tmp_path / "made_up")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["sha256"]
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    with pytest.raises(Damaged, match=r"manifest\.json is not what was written"):
        open_results(folder)
