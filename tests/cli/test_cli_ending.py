"""Exit codes and the one message: 0 done, 1 failed, 2 wrong input."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from sim import __version__
from sim.cli.ending import interrupted_in_words

Sim = Callable[..., Result]
BASE = "name: base\nhorizon: {quarters: 4}\nreplications: 2\n"


def files() -> set[str]:
    return {path.as_posix() for path in Path().rglob("*") if path.is_file()}


WRONG: dict[str, tuple[list[str], str]] = {
    "missing file": (["run", "no.yaml"], "no.yaml: there is no such scenario file\n"),
    "folder": (["run", "."], ". is a folder, not a scenario file; it holds base.yaml, wrong.yaml\n"),
    "error in a file": (
        ["run", "wrong.yaml"],
        "wrong.yaml:1:15: replications = none is not a whole number (replications; 1 to 100000)\n",
    ),
    "zero replications": (
        ["run", "base.yaml", "--replications", "0"],
        "--replications: replications = 0 is below the smallest allowed value 1 (replications)\n",
    ),
    "negative replications": (
        ["compare", "base.yaml", "base.yaml", "--replications", "-1"],
        "--replications: replications = -1 is below the smallest allowed value 1 (replications)\n",
    ),
    "negative seed": (
        ["run", "base.yaml", "--seed", "-1"],
        "--seed: seed = -1 is below the smallest allowed value 0 (integer)\n",
    ),
    "wrong override": (
        ["run", "base.yaml", "--set", "behaviour.effort.response=2"],
        (
            "--set behaviour.effort.response=2: behaviour.effort.response = 2"
            " is above the largest allowed value 1.0 (share)\n"
        ),
    ),
    "override without value": (
        ["run", "base.yaml", "--set", "seed"],
        "--set seed: write --set key=value, as in --set regime.posts.kind=fixed\n",
    ),
    "variation without value": (
        ["sweep", "base.yaml", "--vary", "seed="],
        "--vary seed=: there is no value; write --vary seed=a,b,c\n",
    ),
    "errors of all files": (
        ["compare", "wrong.yaml", "no.yaml"],
        (
            "wrong.yaml:1:15: replications = none is not a whole number (replications; 1 to 100000)\n"
            "no.yaml: there is no such scenario file\n"
        ),
    ),
    "missing rules": (
        ["check", "base.yaml", "--rules", "no.py"],
        "--rules no.py: there is no such Python file\n",
    ),
    "unknown slot": (
        ["describe", "--kinds", "post"],
        "post is not a slot; did you mean posts?; --kinds takes a slot, not a file\n",
    ),
    "not a result": (["open", "nowhere"], "nowhere: there is no such folder\n"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input_is_told_and_ends_with_two_and_writes_nothing(case: str, sim: Sim) -> None:
    words, message = WRONG[case]
    Path("base.yaml").write_text(BASE)
    Path("wrong.yaml").write_text("replications: 'none'\n".replace("'none'", '"none"'))
    result = sim(*words)
    expected = message.replace("= none is", '= "none" is')
    assert result.exit_code == 2
    assert (
        result.stderr.startswith(expected.rstrip("\n"))
        if case == "not a result"
        else result.stderr == expected
    )
    assert result.stdout == ""
    assert files() == {"base.yaml", "wrong.yaml"}


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["run"],
        ["run", "base.yaml", "--replications", "many"],
        ["run", "base.yaml", "--replication", "3"],
        ["run", "base.yaml", "--workers", "0"],
        ["sweep"],
        ["new", "mine"],
    ],
)
def test_wrong_words_end_with_two(words: list[str], sim: Sim) -> None:
    result = sim(*words)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert "Traceback" not in result.output
    assert files() == set()


def ending(sim: Sim, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> Result:
    """What a run does that ends in `error`."""

    def run(*arguments: Any, **options: Any) -> None:
        raise error

    monkeypatch.setattr("sim.lab.questions.run.run", run)
    Path("base.yaml").write_text(BASE)
    return sim("run", "base.yaml")


def test_interruption(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    result = ending(sim, monkeypatch, KeyboardInterrupt())
    assert (result.exit_code, result.stderr) == (1, "interrupted; nothing unfinished was kept\n")


def test_full_disk(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    result = ending(sim, monkeypatch, OSError(28, "No space left on device", "results/x"))
    assert result.exit_code == 1
    assert result.stderr == "failed: results/x: No space left on device (SIM_TRACEBACK=1 shows where)\n"


def test_fault_of_the_program(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    result = ending(sim, monkeypatch, ZeroDivisionError("division\nby zero"))
    assert result.exit_code == 1
    assert result.stderr == (
        "ZeroDivisionError: division by zero - this is a fault of sim: please report it"
        " (SIM_TRACEBACK=1 shows where)\n"
    )


def test_traceback_on_demand(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIM_TRACEBACK", "1")
    result = ending(sim, monkeypatch, ZeroDivisionError("by zero"))
    assert result.exit_code == 1
    assert isinstance(result.exception, ZeroDivisionError)


def test_no_words_print_the_help(sim: Sim) -> None:
    result = sim()
    assert "Usage: sim [OPTIONS] COMMAND" in result.output
    commands = ("run", "compare", "sweep", "check", "describe", "new", "open")
    assert all(f"\n  {command} " in result.output for command in commands)


def test_version(sim: Sim) -> None:
    result = sim("--version")
    assert (result.exit_code, result.stdout) == (0, f"sim {__version__}\n")


def test_help_of_an_override_says_where_it_goes(sim: Sim) -> None:
    text = " ".join(sim("run", "--help").stdout.split())
    assert "--set changes the final policy; earlier phases stay" in text


@pytest.mark.parametrize("error", [ImportError("half imported"), ChildProcessError("a worker died")])
def test_whatever_an_interruption_breaks_is_an_interruption(
    error: Exception, sim: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.cli.ending.heard", [15])
    result = ending(sim, monkeypatch, error)
    assert (result.exit_code, result.stderr) == (1, "interrupted; nothing unfinished was kept\n")


@pytest.mark.parametrize("left", [KeyboardInterrupt(), SystemExit(130)])
def test_a_signal_before_the_command_has_begun_is_told_in_words(
    left: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.cli.ending.heard", [15])
    with pytest.raises(SystemExit) as end, interrupted_in_words():
        raise left
    assert (end.value.code, capsys.readouterr().err) == (1, "interrupted; nothing unfinished was kept\n")


@pytest.mark.parametrize("code", [0, 1, 2])
def test_what_a_command_has_told_is_not_told_again(
    code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.cli.ending.heard", [15])
    with pytest.raises(SystemExit) as end, interrupted_in_words():
        raise SystemExit(code)
    assert (end.value.code, capsys.readouterr().err) == (code, "")
