"""What wrong input was answered when somebody last looked: a change of words shows in a diff, and is accepted there.

`make messages` answers the same input again, prints what changed, and stores the new answers.
"""

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, chdir
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from tests.fuzz.fuzz import KEPT, Answer, answer, answers, make_results, nothing_is_simulated

STORED = Path(__file__).with_name("messages.json")
NUMBER, SEED = KEPT, 20
KINDS = ("scenarios", "studies", "targets", "rosters", "commands")
LONGEST = 600
EDITS: list[Callable[[dict[str, Any]], Any]] = [
    lambda one: {name: value for name, value in one.items() if name != "outcomes"},
    lambda one: {**one, "outcomes": 3},
    lambda one: {**one, "scenario": []},
    lambda one: {**one, "tables": {"../x.parquet": "0"}},
    lambda one: {**one, "tables": {"a\0b": "0"}},
    lambda one: {**one, "result": ["run"]},
    lambda one: {**one, "schema": 1},
    lambda one: {**one, "schema": "2"},
    lambda one: {**one, "schema": [2]},
    lambda one: {**one, "warnings": ["a word more"]},
    lambda one: {name: value for name, value in one.items() if name != "schema"},
    lambda one: [one],
]
"""A manifest as somebody edits it by hand."""
NO_MANIFESTS = ["[" * 100_000, "{" * 10, "[" * 100_000 + "]" * 100_000, "", "nul", "\0"]


def stored() -> dict[str, dict[str, str]]:
    """The answers as they were: of each kind, of each case."""
    found: dict[str, dict[str, str]] = json.loads(STORED.read_text(encoding="utf-8"))
    return found


def words_of(got: Answer) -> str:
    """What was said, free of the place and of what a result is called by its content; the first of a long answer."""
    said = got.said.replace(str(Path.cwd()), "FOLDER").replace(os.sep, "/")
    return f"{got.what}: " + re.sub(r"-[0-9a-f]{8,}", "-HASH", said)[:LONGEST]


def changes(kind: str, found: dict[str, str]) -> dict[str, tuple[str | None, str]]:
    """The cases of a kind that are answered otherwise than they were: what was said, what is said."""
    before = stored().get(kind, {})
    return {
        case: (before.get(case), said)
        for case, said in found.items()
        if without_kinds(before.get(case, "")) != without_kinds(said)
    }


def without_kinds(said: str) -> str:
    """An answer without the lists of kinds, which grow with every rule that is added."""
    return re.sub(r"kinds are \w+(, \w*)+", "kinds are those there are", said)


def opened(whole: Path, spoil: Callable[[Path], None]) -> Answer:
    """What `sim open` says of a stored run, copied to the working folder, whose manifest was spoilt."""
    [run] = whole.glob("four_systems-*")
    shutil.copytree(run, f"results/{run.name}")
    spoil(Path("results", run.name, "manifest.json"))
    return answer(["open", f"results/{run.name}", "--no-report"])


def edited(edit: Callable[[dict[str, Any]], Any], sealed: bool) -> Callable[[Path], None]:
    """The manifest edited by hand, its checksum kept or taken away."""

    def spoil(path: Path) -> None:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if not sealed:
            del manifest["sha256"]
        path.write_text(json.dumps(edit(manifest)), encoding="utf-8")

    return spoil


def spoilt() -> dict[str, Callable[[Path], None]]:
    """Ways to spoil a manifest, by name."""
    found: dict[str, Callable[[Path], None]] = {}
    for place, edit in enumerate(EDITS):
        found[f"edit {place}"] = edited(edit, sealed=True)
        found[f"edit {place} without a checksum"] = edited(edit, sealed=False)
    for place, text in enumerate(NO_MANIFESTS):
        found[f"text {place}"] = partial(Path.write_text, data=text, encoding="utf-8")
    return found


def everything(folder: Path) -> dict[str, dict[str, str]]:
    """All answers as they are now, asked in new folders below the given one."""
    make_results(folder)
    found: dict[str, dict[str, str]] = {"results": {}}
    for name, spoil in spoilt().items():
        (folder / name).mkdir()
        with chdir(folder / name):
            found["results"][name] = words_of(opened(folder / "whole", spoil))
    with ExitStack() as stack:
        nothing_is_simulated(lambda name, value: stack.enter_context(mock.patch(name, value)))
        for kind in KINDS:
            (folder / kind).mkdir()
            asked = answers(kind, folder / kind, NUMBER, SEED)
            found[kind] = {str(case.seed): words_of(got) for case, got in asked}
    return found


def main() -> None:
    """Print what changed and store the new answers."""
    os.environ["COLUMNS"] = "120"
    with tempfile.TemporaryDirectory() as folder:
        found = everything(Path(folder))
    for kind, cases in found.items():
        for case, (before, now) in changes(kind, cases).items():
            sys.stdout.write(f"{kind} {case}\n  - {before!a}\n  + {now!a}\n")
    STORED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
