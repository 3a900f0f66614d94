"""Runs: the same whatever the chunks and workers, and wrong input refused before anything runs."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas
import pytest

from sim.core.errors import UserError
from sim.lab.designs import chunks
from sim.lab.designs.provenance import code_content
from sim.lab.questions.run import run
from sim.lab.results.tables import Tables
from sim.rules.base import REGISTRY
from sim.scenario.schema import Scenario


def same(one: Tables, two: Tables) -> None:
    assert one.frames().keys() == two.frames().keys()
    for name, frame in one.frames().items():
        pandas.testing.assert_frame_equal(frame, two.frames()[name], check_exact=True, obj=name)


@pytest.fixture(scope="module")
def whole(new: Scenario) -> Tables:
    return run(new, replications=5, seed=3)


def test_tables_are_reached_by_name(whole: Tables) -> None:
    assert whole["area"] is whole.area
    assert list(whole) == list(whole.frames()) == ["quarters", "area", "departments", "staff", "events"]
    assert "events" in whole
    assert "staff_panel" not in whole
    with pytest.raises(KeyError, match="there is no table 'aera'; there is quarters, area"):
        whole["aera"]


def test_tables_are_the_promised_ones(whole: Tables) -> None:
    assert list(whole.quarters.columns[:3]) == ["replication", "quarter", "organisation"]
    assert whole.staff_panel is None
    assert sorted(whole.area["replication"].unique()) == [0, 1, 2, 3, 4]
    assert whole.area["quarter"].max() == 16
    parts = whole.quarters.groupby(["replication", "quarter"])["headcount"].sum()
    assert (parts.to_numpy() == whole.area["headcount"].to_numpy()).all()


def test_chunks_do_not_matter(whole: Tables, new: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK", 2)
    same(whole, run(new, replications=5, seed=3))


def test_large_areas_are_simulated_few_at_a_time(new: Scenario) -> None:
    assert chunks.replications_together(new) == chunks.CHUNK
    size = {"structure.new_cities.departments": 999, "structure.department_size.mean": 15}
    large = new.with_(**size)  # a thousand departments with that of the area level
    assert chunks.replications_together(large) == chunks.CROWD // 15_000 == 4
    assert chunks.replications_together(large.with_(**{"structure.new_cities.departments": 9_999})) == 1


@pytest.mark.slow
def test_workers_do_not_matter(whole: Tables, new: Scenario) -> None:
    same(whole, run(new, replications=5, seed=3, workers=2))


RULE = """
from typing import Literal
from sim.rules.floating_pay import FixedPay
class Borrowed(FixedPay):
    \"\"\"Fixed pay under another name.\"\"\"
    kind: Literal["borrowed"] = "borrowed"
"""


@pytest.mark.slow
def test_workers_know_rules_of_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "borrowed_rules.py").write_text(RULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    kinds = REGISTRY["floating_pay"]
    before = code_content()
    try:
        import_module("borrowed_rules")
        assert code_content() != before
        settings = {"regime": {"floating_pay": {"kind": "borrowed"}}, "horizon": {"quarters": 2}}
        found = run(settings, replications=2, workers=2)
    finally:
        kinds.pop("borrowed", None)
    assert found.manifest["scenario"]["regime"]["floating_pay"]["kind"] == "borrowed"
    assert len(found.area) == 6


def test_replications_do_not_depend_on_how_many_there_are(whole: Tables, new: Scenario) -> None:
    fewer = run(new, replications=2, seed=3)
    pandas.testing.assert_frame_equal(whole.area[whole.area["replication"] < 2], fewer.area, check_exact=True)


def test_seeds_matter(whole: Tables, new: Scenario) -> None:
    other = run(new, replications=5, seed=4)
    assert not other.area["true_output"].equals(whole.area["true_output"])


def test_manifest_says_how_it_came_about(whole: Tables, new: Scenario) -> None:
    manifest = whole.manifest
    assert manifest["seed"] == 3
    assert manifest["replications"] == 5
    assert manifest["scenario"]["seed"] == 3
    assert manifest["scenario"]["name"] == "four_systems"
    assert manifest["code"]["version"]
    assert manifest["packages"]["numpy"] == np.__version__
    assert manifest["residuals"]
    assert max(manifest["residuals"].values()) < 1e-6
    assert manifest["outcomes"]["headcount"]["unit"] == "people"
    assert {one["source"] for one in manifest["assumptions"]} == {"assumption"}
    assert whole.warnings == ()


def test_the_panel_is_there_where_it_is_asked_for(small) -> None:  # type: ignore[no-untyped-def]
    recorded = run(small("civil_service", record=["staff"], horizon__quarters=4), replications=1)
    assert recorded.staff_panel is not None
    assert set(recorded.staff_panel["quarter"]) == {0, 1, 2, 3, 4}
    assert recorded.events.empty


@pytest.mark.parametrize("wrong", [0, -3, 2.5, True, "many"])
def test_replications_are_whole_and_positive(wrong: object, new: Scenario) -> None:
    with pytest.raises(UserError) as error:
        run(new, replications=wrong)  # type: ignore[arg-type]
    assert str(error.value) == f"replications = {wrong!r}: must be a whole number of at least 1"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"seed": -1}, "seed = -1: must be a whole number of at least 0"),
        ({"workers": 0}, "workers = 0: must be a whole number of at least 1"),
        ({"workers": 1000}, "workers = 1000: at most 256"),
        ({"out": 3}, "out = 3: must be the path of a folder"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], message: str, new: Scenario) -> None:
    with pytest.raises(UserError) as error:
        run(new, **options)  # type: ignore[arg-type]
    assert str(error.value) == message


def test_progress_rises_to_the_total(new: Scenario) -> None:
    seen: list[tuple[int, int]] = []
    run(new, replications=3, progress=lambda done, total: seen.append((done, total)))
    assert [total for _, total in seen] == [48] * 16
    assert [done for done, _ in seen] == list(range(3, 49, 3))


def test_interruption_keeps_nothing(new: Scenario, tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        if done > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(new, replications=2, out=tmp_path, progress=interrupt)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_interruption_stops_workers(new: Scenario, tmp_path: Path) -> None:
    """In a process of its own, which must end although its workers were in the middle of their work."""
    code = f"""
import sys
from sim.scenario.loader import load
from sim.lab.questions.run import run
def interrupt(done, total):
    raise KeyboardInterrupt
if __name__ == "__main__":
    try:
        run({str(Path(__file__).parents[3] / "scenarios" / "four_systems.yaml")!r}, replications=40, workers=2,
            out={str(tmp_path / "results")!r}, progress=interrupt)
    except KeyboardInterrupt:
        sys.exit(7)
"""
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    root = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, str(script)], timeout=600, env=root, check=False, capture_output=True
    )
    assert done.returncode == 7, done.stderr.decode()
    assert done.stderr.decode() == ""
    assert list((tmp_path / "results").iterdir()) == []


def test_books_that_do_not_balance_are_a_warning(new: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sim.lab.questions.run.residuals", lambda _: {"pay": 0.5, "people": 0.0, "posts": float("nan")}
    )
    warned = run(new, replications=1).warnings
    assert len(warned) == 2
    assert warned[0].startswith("the accounting identity pay is off by up to 0.5")
