"""Spoilt files, random command lines and crafted results, each met with an answer: done, or refused with a reason.

`python -m tests.fuzz.fuzz 10000` tries that many of each kind and prints a table; `... 10000 study` of one kind only.
"""

import contextlib
import io
import json
import os
import random
import shutil
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sim.core.errors import Stopped
from tests.fuzz.nasty import TEXTS, deep, spoilt_bytes, spoilt_file, spoilt_tree
from tests.lab.small_study import study_file
from tests.shipped import shipped

SCENARIOS = Path(__file__).parents[2] / "scenarios"
KEPT = 60
"""Cases of each kind whose answers are stored (messages.json): a run of tests can bear so many."""
NEWER = {"park_staff", "pilot_two_cities", "quarterly_probation", "staggered_rollout"}
"""Scenarios younger than the stored answers: only later cases spoil them, so that no stored question changes."""
PATIENCE = 10.0
"""Seconds that no answer may take."""
DONE, REFUSED, STOPPED, FAULT, SLOW = "done", "refused", "stopped", "fault", "slow"
FINE = {DONE, REFUSED, STOPPED}


class Case(NamedTuple):
    """One command line and, for whoever looks for the fault, where the case came from."""

    words: list[str]
    seed: int


class Answer(NamedTuple):
    """What a command line came to."""

    what: str
    said: str
    seconds: float


def answer(words: list[str]) -> Answer:
    """Run a command line in this process, nothing of it simulated."""
    from sim.cli import app

    out, err, started = io.StringIO(), io.StringIO(), time.process_time()
    code: Any = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            app(words, prog_name="sim")
        except SystemExit as left:
            code = left.code
        except BaseException as error:  # a traceback
            err.write(f"TRACEBACK {type(error).__name__}: {str(error)[:300]}")
            code = -1
    said, seconds = err.getvalue(), time.process_time() - started
    return Answer(_judged(code, said, seconds), said, seconds)


def _judged(code: Any, said: str, seconds: float) -> str:
    if seconds > PATIENCE:
        return SLOW
    if code in (0, None):
        return DONE
    if code == 2 and said.strip():
        return REFUSED
    return STOPPED if code == 1 and said.startswith("stopped: not simulated") else FAULT


def nothing_is_simulated(patch: Callable[[str, Any], None]) -> None:
    """Let every simulation end at once."""

    def refuse(*_: Any, **__: Any) -> None:
        raise Stopped("not simulated")

    patch("sim.model.NewAreaModel", refuse)
    patch("sim.lab.jobs.processes.Workers.__init__", refuse)
    patch("sim.lab.jobs.executor._cluster", refuse)


def scenarios(folder: Path, number: int, seed: int) -> Iterator[Case]:
    """Spoilt scenario files."""
    for name in ("civil_service", "four_systems", "full_reform"):
        shutil.copy(SCENARIOS / f"{name}.yaml", folder)
    files = shipped()
    older = [path for path in files if path.stem not in NEWER]
    for turn in range(number):
        draw = random.Random(f"scenario {seed} {turn}")
        spoilt_file(draw, draw.choice(older if turn < KEPT else files), folder / "spoilt.yaml")
        yield Case(["check", "spoilt.yaml"], turn)


def studies(folder: Path, number: int, seed: int) -> Iterator[Case]:
    """Spoilt study files."""
    for name in ("civil_service", "four_systems"):
        shutil.copy(SCENARIOS / f"{name}.yaml", folder)
    small = {"scenarios": ["civil_service.yaml", "four_systems.yaml"]}
    designs = [
        {},
        {"design": {"kind": "latin_hypercube", "points": 4}},
        {"design": {"kind": "coalitions"}, "levers": None, "uncertainties": None},
        {"design": {"kind": "morris", "trajectories": 2}, "replications": {"half_widths": {"ability": 1}}},
        {"headlines": ["four_systems:ability>0"], "smallest_effects": {"ability": 0.1}, "window": [5, 8]},
    ]
    bases = [study_file(folder, **small, **more, name=f"base{place}") for place, more in enumerate(designs)]
    for turn in range(number):
        draw = random.Random(f"study {seed} {turn}")
        spoilt_file(draw, draw.choice(bases), folder / "spoilt.yaml")
        yield Case(["check", "spoilt.yaml"], turn)


def targets(folder: Path, number: int, seed: int) -> Iterator[Case]:
    """Spoilt targets files."""
    for name in ("civil_service", "jinan_high_tech", "four_systems", "shandong_zones"):
        shutil.copy(SCENARIOS / f"{name}.yaml", folder)
    base = folder / "base.yaml"
    text = (SCENARIOS / "targets" / "jinan_high_tech.yaml").read_text(encoding="utf-8")
    base.write_text(text.replace("../", ""), encoding="utf-8")
    for turn in range(number):
        draw = random.Random(f"targets {seed} {turn}")
        spoilt_file(draw, base, folder / "spoilt.yaml")
        yield Case(["calibrate", "spoilt.yaml", "--trials", "1", "--out", "out", "-q"], turn)


def rosters(folder: Path, number: int, seed: int) -> Iterator[Case]:
    """Spoilt rosters."""
    for name in ("civil_service", "four_systems", "from_roster"):
        shutil.copy(SCENARIOS / f"{name}.yaml", folder)
    (folder / "rosters").mkdir(exist_ok=True)
    whole = (SCENARIOS / "rosters" / "example.csv").read_bytes()
    for turn in range(number):
        draw = random.Random(f"roster {seed} {turn}")
        (folder / "rosters" / "example.csv").write_bytes(spoilt_bytes(draw, whole))
        yield Case(["check", "from_roster.yaml"], turn)


COMMANDS = [
    *("run", "compare", "sweep", "check", "describe", "new", "open", "merge", "query", "trace", "calibrate"),
    *("decompose", "validate", "sensitivity", "attribute", "robust", "roster", "roster template"),
]
OPTIONS = [
    *("--set", "--vary", "--seed", "--replications", "--workers", "--out", "--lang", "--rules", "--allow"),
    *("--baseline", "--shard", "--dask", "--resume", "--again", "--plan", "--on-error", "--quick", "--json"),
    *(
        "--person",
        "--against",
        "--window",
        "--outcome",
        "--headline",
        "--smallest",
        "--in",
        "--csv",
        "--only",
    ),
    *(
        "--kinds",
        "--tables",
        "--extends",
        "--trials",
        "--no-report",
        "-q",
        "--help",
        "--seconds",
        "--gigabytes",
    ),
]
WORDS = [
    *("tiny.yaml", "other.yaml", "study.yaml", "results", ".", "missing", "1/2", "0/0", "key=1", "=", "V1"),
    *("regime.posts.kind=fixed", "horizon.quarters=1", "seed=1,2", "1", "0", "-1", "2", "zh", "en", "1e9"),
    *("select 1", "select * from results", "output_per_post", "posts", "a=b=c", "ability>0", "local"),
]


def options_of(words: list[str]) -> list[str]:
    """The options that a command knows."""
    from typer.main import get_command

    from sim.cli import app

    found: Any = get_command(app)
    for word in words:
        found = getattr(found, "commands", {}).get(word, found)
    return [name for parameter in found.params for name in parameter.opts if name.startswith("-")] or OPTIONS


def commands(folder: Path, number: int, seed: int) -> Iterator[Case]:
    """Random command lines, in a folder with a few files."""
    for name in ("tiny", "other"):
        text = f"name: {name}\nhorizon: {{quarters: 2}}\nreplications: 1\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    study_file(folder, name="study", scenarios=["tiny.yaml", "other.yaml"], set=None)
    for turn in range(number):
        draw = random.Random(f"commands {seed} {turn}")
        words = draw.choice(COMMANDS).split() if draw.random() < 0.97 else [draw.choice(TEXTS)]
        known = OPTIONS if draw.random() < 0.1 else options_of(words)
        for _ in range(draw.randrange(6)):
            words.append(draw.choice([draw.choice(known), draw.choice(WORDS), draw.choice(WORDS)]))
            if draw.random() < 0.25:
                words.append(draw.choice(TEXTS))
        yield Case(words, turn)


def results(folder: Path, number: int, seed: int) -> Iterator[Case]:
    """Crafted result folders: manifests and plans of version 0.1 edited by hand, notes of impossible processes."""
    wholes = sorted((folder / "whole").iterdir())
    for turn in range(number):
        draw = random.Random(f"results {seed} {turn}")
        shutil.rmtree(folder / "results", ignore_errors=True)
        whole, copy = draw.choice(wholes), folder / "results" / "copy"
        shutil.copytree(whole, copy, ignore=shutil.ignore_patterns("figures", "*.html", "*.csv"))
        _craft(draw, copy)
        words = draw.choice(
            [
                ["open", "results/copy", "--no-report"],
                ["query", "--tables"],
                ["query", "select * from results"],
                ["merge", "results/copy", "--out", "merged"],
                ["sensitivity", "results/copy"],
                ["attribute", "results/copy"],
                ["robust", "results/copy"],
            ]
        )
        yield Case(words, turn)


def _craft(draw: random.Random, folder: Path) -> None:
    """Edit one of the records of a result, as somebody would who knows nothing of checksums."""
    records = [path for path in folder.rglob("*.json") if path.is_file()]
    path = draw.choice(records)
    record = json.loads(path.read_text(encoding="utf-8"))
    what = draw.randrange(10)
    if what == 0:
        path.unlink()
    elif what == 1:
        path.write_text("[" * 100_000 + "]" * 100_000, encoding="utf-8")
    elif what == 2:
        path.write_bytes(spoilt_bytes(draw, path.read_bytes()))
    elif what == 3:
        process = draw.choice([10**30, -1, 0, "x", None, [], 2**31, os.getpid(), 1.5])
        (folder / "owner.lock").write_text(f"{process}\n{os.uname().nodename}\n")
    else:
        del record["sha256"]
        layout = {"manifest.json": "schema", "plan.json": "layout"}[path.name]
        record[layout] = draw.choice([1, 1, 1, 1, 2, 3, "1", None, deep(50)])
        text = json.dumps(spoilt_tree(draw, record))
        path.write_text(text, encoding="utf-8")


def make_results(folder: Path) -> None:
    """One small result of each kind that is opened, into `whole/`."""
    import sim

    tiny = {
        "horizon.quarters": 12,
        "structure.area_level.departments": 1,
        "structure.new_cities.departments": 5,
    }
    tiny |= {"structure.department_size.mean": 7}
    old, new = (sim.load(SCENARIOS / f"{name}.yaml", set=tiny) for name in ("civil_service", "four_systems"))
    whole = folder / "whole"
    sim.run(new, replications=2, out=whole, report=False)
    sim.compare([old, new], replications=2, out=whole, report=False)
    asked = {
        "set": {**tiny, "horizon.quarters": 12},
        "replications": 2,
        "design": {"kind": "grid", "steps": 2},
    }
    path = study_file(folder, **asked)
    sim.run_study(path, out=whole)
    sim.run_study(path, out=whole, shard="1/2")


KINDS: dict[str, Callable[[Path, int, int], Iterator[Case]]] = {
    "scenarios": scenarios,
    "studies": studies,
    "targets": targets,
    "rosters": rosters,
    "commands": commands,
    "results": results,
}


def answers(kind: str, folder: Path, number: int, seed: int) -> Iterator[tuple[Case, Answer]]:
    """The cases of a kind and what they came to; run in `folder`."""
    with contextlib.chdir(folder):
        for case in KINDS[kind](folder, number, seed):
            yield case, answer(case.words)


def main(number: int, kinds: list[str]) -> int:
    """Print what became of the cases; 0 if each was answered."""
    from unittest import mock

    wrong = 0
    for kind in kinds or list(KINDS):
        folder, found, slowest = Path(tempfile.mkdtemp()), Counter[str](), 0.0
        if kind == "results":
            make_results(folder)
        with contextlib.ExitStack() as stack:
            nothing_is_simulated(lambda name, value: stack.enter_context(mock.patch(name, value)))
            for case, got in answers(kind, folder, number, seed=1):
                found[got.what] += 1
                slowest = max(slowest, got.seconds)
                if got.what not in FINE:
                    wrong += 1
                    words = " ".join(word[:60] for word in case.words)
                    told = f"{got.what} {got.seconds:.1f} s: {words!a}: {got.said[:300]!a}"
                    sys.stdout.write(f"{kind} {case.seed}: {told}\n")
                    sys.stdout.flush()
        told = ", ".join(f"{what} {count:,}" for what, count in sorted(found.items()))
        sys.stdout.write(f"{kind}: {told}; the slowest {slowest:.1f} s\n")
        sys.stdout.flush()
        shutil.rmtree(folder, ignore_errors=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2:]))
