"""Whatever is written or typed, it is done or refused in words; `make fuzz` tries ten thousand of each kind."""

import json
import shutil
from contextlib import chdir
from pathlib import Path

import pytest

from tests.fuzz.fuzz import (
    FINE,
    KINDS,
    PATIENCE,
    REFUSED,
    SCENARIOS,
    answer,
    answers,
    make_results,
    nothing_is_simulated,
)
from tests.fuzz.messages import NUMBER, SEED, changes, opened, spoilt, words_of


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stored")
    make_results(folder)
    return folder / "whole"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_case_has_an_answer(kind, tmp_path, monkeypatch, request):
    if kind == "results":
        shutil.copytree(request.getfixturevalue("stored"), tmp_path / "whole")
    nothing_is_simulated(monkeypatch.setattr)
    monkeypatch.setenv("COLUMNS", "120")
    found = list(answers(kind, tmp_path, NUMBER, SEED))
    assert [(case, got) for case, got in found if got.what not in FINE] == []
    assert len(found) == NUMBER
    assert any(got.what == REFUSED for _, got in found)
    if kind != "results":  # whose content is never twice the same
        with chdir(tmp_path):
            assert changes(kind, {str(case.seed): words_of(got) for case, got in found}) == {}


STUDY = {
    "name": "made",
    "scenarios": ["civil_service.yaml", "four_systems.yaml"],
    "levers": {"regime.floating_pay.floating_share": [0.1, 0.2]},
    "design": {"kind": "grid"},
}


def checked(folder, monkeypatch, content):
    """What `sim check` says of a file with this content."""
    monkeypatch.chdir(folder)
    for name in ("civil_service", "four_systems"):
        shutil.copy(SCENARIOS / f"{name}.yaml", folder)
    text = content if isinstance(content, str) else json.dumps(content)
    Path("made.yaml").write_text(text, encoding="utf-8")
    return answer(["check", "made.yaml"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({**STUDY, "design": {"kind": ["grid"]}}, ': design.kind = ["grid"] is unknown; did you mean grid?'),
        ({**STUDY, "design": {"kind": {"a": 1}}}, ": design.kind = settings is unknown"),
        ({**STUDY, "scenarios": ["civil_service.yaml"] * 2000}, "the list is too long; at most 100 values"),
        ({**STUDY, "name": "a\0b"}, ": 'a\\x00b' holds a zero character, which no text may"),
        ({**STUDY, "question": "\ud800"}, ": '\\ud800' holds half of a character (a surrogate)"),
        ({**STUDY, "\udfff": 1}, "holds half of a character"),
        ({**STUDY, "scenarios": ["x\0.yaml", "four_systems.yaml"]}, "holds a zero character"),
        ({**STUDY, "scenarios": ["x" * 300, "four_systems.yaml"]}, ":1:"),
        ({"extends": "x" * 5000 + ".yaml"}, ":1:13: extends: "),
        ({"world": {"roster": "x" * 5000}}, ":1:"),
        ("seed: " + "9" * 5000, ":1:7: 99999999999999999999... is not a number that can be read"),
        ("seed: 0x" + "f" * 5000, ":1:7: 0xffffffffffffffffff... is not a number that can be read"),
        ("x: " + "[" * 50_000 + "]" * 50_000, "is nested too deeply to be a scenario"),
        ("x: [" + "1," * 400_000 + "1]", "has more than 20,000 values, which no scenario needs"),
        ("".join(f"k{number}: 1\n" for number in range(30_000)), "more than 20,000 values"),
    ],
    ids=lambda one: ascii(one)[:40],
)
def test_what_was_found_is_refused_with_a_place_and_in_time(content, said, tmp_path, monkeypatch):
    got = checked(tmp_path, monkeypatch, content)
    assert (got.what, said in got.said) == (REFUSED, True), got
    assert got.said.startswith("made.yaml")
    assert got.seconds < PATIENCE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "a\0b.yaml"], "scenario = 'a\\x00b.yaml': holds a zero character"),
        (["run", "\ud800"], "scenario = '\\ud800': holds half of a character"),
        (["check", "x" * 300], "x"),
        (["open", "x" * 300], "folder = 'xxx"),
        (["run", "civil_service.yaml", "--out", "x/" * 3000], "a path of"),
        (["query", "select 1", "--in", "x" * 256], "a name of 256 bytes; file systems take 255"),
        (["run", "civil_service.yaml", "--seed", "9" * 5000], "--seed"),
        (["sweep", "civil_service.yaml", "--shard", "1/" + "9" * 5000], "--shard"),
        (["merge", "x" * 300], "folders = "),
        (["new", "x" * 300, "--extends", "civil_service.yaml"], ""),
    ],
    ids=lambda one: ascii(one)[:40],
)
def test_words_that_no_file_system_takes_are_refused(words, said, tmp_path, monkeypatch):
    shutil.copy(SCENARIOS / "civil_service.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    got = answer(words)
    assert (got.what, said in got.said) == (REFUSED, True), got


@pytest.mark.slow
@pytest.mark.parametrize("name", spoilt())
def test_a_manifest_edited_by_hand_or_none_at_all_is_told(name, stored, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    got = opened(stored, spoilt()[name])
    assert got.what == REFUSED, got
    assert ("manifest.json" if "text" in name else "results/four_systems-") in got.said
    assert changes("results", {name: words_of(got)}) == {}
