"""Files that are no scenarios, and what a file may not do."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.core.errors import UserError
from sim.scenario.loader import load

Errors = Callable[..., list[str]]
Write = Callable[..., Path]


def refused(given: object) -> str:
    with pytest.raises(UserError) as failure:
        load(given)  # type: ignore[arg-type]
    return str(failure.value)


def test_missing_file(write: Write) -> None:
    write("seed: 1\n", "civil.yaml")
    assert refused("nowhere.yaml") == "nowhere.yaml: there is no such scenario file"
    assert refused("cvil.yaml") == "cvil.yaml: there is no such scenario file; did you mean civil.yaml?"
    assert refused("civil") == "civil: there is no such scenario file; did you mean civil.yaml?"


def test_missing_file_that_is_in_scenarios(write: Write) -> None:
    write("seed: 1\n", "scenarios/reform.yaml")
    expected = "reform.yaml: there is no such scenario file; did you mean scenarios/reform.yaml?"
    assert refused("reform.yaml") == expected


def test_folder(write: Write) -> None:
    write("seed: 1\n", "folder/a.yaml")
    assert refused("folder") == "folder is a folder, not a scenario file; it holds a.yaml"


def test_unreadable_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("seed: 1\n")

    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert refused(path) == "x.yaml cannot be read: Permission denied"


def test_name_that_no_file_can_have(write: Write) -> None:
    write("")
    assert refused("a" * 300 + ".yaml").endswith("cannot be read: File name too long")


def test_binary_file(write: Write) -> None:
    path = write("")
    path.write_bytes(b"seed: \xff\xfe")
    assert refused(path) == "x.yaml is not text in UTF-8 (byte 6 is 0xff)"
    path.write_bytes(b"seed: 1\x00")
    assert refused(path) == "x.yaml is not text: it holds zero bytes"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_is_not_waited_for(write: Write) -> None:
    write("")
    os.mkfifo("pipe.yaml")
    assert refused("pipe.yaml") == "pipe.yaml is not an ordinary file"


def test_large_file(write: Write) -> None:
    path = write("# " + "x" * 1_000_000)
    assert refused(path) == "x.yaml is larger than 1,000,000 bytes, which no scenario needs"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "null\n"])
def test_empty_file(text: str, errors: Errors) -> None:
    [line] = errors(text)
    assert line == "x.yaml: is empty; a scenario holds at least `extends` or a regime"


def test_list_instead_of_settings(errors: Errors) -> None:
    assert errors("- seed: 1\n") == ["x.yaml:1:1: a scenario is settings (key: value), not [settings]"]


SYNTAX = {
    "open bracket": (
        "seed: 1\nhold: [effort\n",
        "x.yaml:3:1: is not YAML: while parsing a flow sequence; expected ',' or ']', but got '<stream end>'",
    ),
    "two colons": ("name: a: b\n", "x.yaml:1:8: is not YAML: mapping values are not allowed here"),
    "tab": (
        "world:\n\tdifficulty_sd: 1\n",
        (
            "x.yaml:2:1: is not YAML: while scanning for the next token;"
            " found character '\\t' that cannot start any token"
        ),
    ),
    "two documents": (
        "seed: 1\n---\nseed: 2\n",
        "x.yaml:2:1: is not YAML: expected a single document in the stream; but found another document",
    ),
    "unknown alias": ("seed: *one\n", "x.yaml:1:7: is not YAML: found undefined alias 'one'"),
    "bell": ("seed: 1\nname: a\abc\n", "x.yaml:2:8: is not YAML: a character that text may not hold"),
}


@pytest.mark.parametrize("case", SYNTAX)
def test_syntax_error_is_told_alone(case: str, errors: Errors) -> None:
    text, message = SYNTAX[case]
    assert errors(text) == [message]


def test_duplicate_keys(errors: Errors) -> None:
    text = "seed: 1\nregime:\n  posts: {kind: open, kind: fixed}\nseed: 2\n"
    assert errors(text) == [
        "x.yaml:3:23: kind is given twice (first in line 3)",
        "x.yaml:4:1: seed is given twice (first in line 1)",
    ]


def test_yaml_cannot_run_code(errors: Errors, tmp_path: Path) -> None:
    text = "name: !!python/object/apply:os.system ['touch run.txt']\nquestion: !ask 1\n"
    assert errors(text) == [
        "x.yaml:1:7: the tag !!python/object/apply:os.system is not allowed; scenarios hold plain values",
        "x.yaml:2:11: the tag !ask is not allowed; scenarios hold plain values",
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["x.yaml"]


def test_aliases_cannot_explode(errors: Errors) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    [line] = errors("\n".join(["a0: &a0 [1, 2, 3]", *levels]))
    assert line.endswith("the file has more than 20,000 values, aliases included, which no scenario needs")


def test_alias_of_itself(errors: Errors) -> None:
    [line] = errors("hold: &hold [*hold]\n")
    assert line == "x.yaml:1:7: the file has more than 30 levels, aliases included, which no scenario needs"


def test_deep_nesting(errors: Errors) -> None:
    assert errors("hold: " + "[" * 5000) == ["x.yaml: is nested too deeply to be a scenario"]


def test_yaml_1_2_is_read(write: Write) -> None:
    scenario = load(write("seed: 012\nname: no\nworld: {difficulty_sd: 1e-1}\nquestion: 2020-01-01\n"))
    assert (scenario.seed, scenario.name, scenario.question) == (12, "no", "2020-01-01")
    assert scenario.world.difficulty_sd == 0.1


def test_what_is_no_scenario_at_all(write: Write) -> None:
    write("")
    assert refused(None) == "a scenario is a path, a mapping or a Scenario, not NoneType"
    assert refused({"seed": object()}) == "scenario: object is not a value that a scenario can hold"
    assert refused({"seed": 10**5000}) == "scenario: is too large a number"
