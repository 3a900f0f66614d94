"""One flipped bit anywhere in anything that is stored: what reading it again makes of that.

`python -m tests.lab.results.flips 10000` tries many and prints a table.
"""

import random
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas

from sim.core.errors import Notice, UserError
from sim.lab.designs.plan import plan_of, read_plan
from sim.lab.designs.tasks import Task
from sim.lab.jobs.shards import read_shards, write_shard
from sim.lab.results.files import MANIFEST
from sim.lab.results.store import open_results, write
from sim.lab.results.tables import Tables
from tests.lab.small_study import study_file

NOTICED, ACCEPTED, TRACEBACK = "noticed", "accepted", "traceback"


def small_run(organisation: str) -> Tables:
    """A run made up, with a table of every name."""
    numbers = pandas.DataFrame(
        {"replication": [0, 0, 1], "quarter": [1, 2, 1], "morale": [0.1, 0.2, 0.3], "who": ["a", "b", None]}
    ).assign(**{organisation: [1, 1, 2]})
    scenario = {"name": "made_up", "calendar": {"quarters_per_year": 4}}
    manifest = {
        "result": "run",
        "schema": 2,
        "name": "made_up",
        "seed": 1,
        "warnings": [],
        "scenario": scenario,
    }
    return Tables.from_frames(dict.fromkeys(Tables.FRAMES, numbers), manifest)


def stored_result(folder: Path, organisation: str = "organisation") -> Path:
    """A stored result: a manifest and its tables."""
    folder.mkdir()
    write(folder, small_run(organisation), report=False)
    return folder


def stored_study(folder: Path) -> Path:
    """A study half done: a plan and a few shards."""
    from sim.lab.jobs.study_folder import begin

    folder.mkdir()
    plan = plan_of(study_file(folder.parent))
    begin(folder, plan, resume=False, again=False)
    for task in (Task(0, "civil_service", 0, 3), Task(4, "four_systems", 0, 2)):
        size = task.stop - task.first
        rows = pandas.DataFrame(
            {
                "point": [task.point] * size,
                "scenario": [task.scenario] * size,
                "replication": range(task.first, task.stop),
                "ability": [0.5 + number / 7 for number in range(size)],
                "residual": [0.0] * size,
                "stage": [None] * size,
                "error": [None] * size,
                "traceback": [None] * size,
            }
        )
        write_shard(folder, rows, [task], plan.hash)
    return folder


def flips_of(
    folder: Path, reread: Callable[[Path], bool], number: int, seed: int
) -> Iterator[tuple[str, str]]:
    """The kind of the file that was hit and what became of it, flip by flip; the folder is left as it was."""
    draw = random.Random(seed)
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix in (".json", ".parquet")
    )
    contents = {path: path.read_bytes() for path in files}
    for turn in range(number):
        path = files[turn % len(files)]
        spoilt = bytearray(contents[path])
        place = draw.randrange(len(spoilt) * 8)
        spoilt[place // 8] ^= 1 << place % 8
        path.write_bytes(spoilt)
        yield _kind(path), _outcome(folder, reread)
        path.write_bytes(contents[path])


def _kind(path: Path) -> str:
    if path.suffix == ".json":
        return "manifest" if path.name == MANIFEST else "plan"
    return "shard" if path.parent.name == "shards" else "table"


def _outcome(folder: Path, reread: Callable[[Path], bool]) -> str:
    try:
        return NOTICED if reread(folder) else ACCEPTED
    except UserError as error:
        return NOTICED if str(error) else TRACEBACK
    except Exception as error:
        sys.stderr.write(f"{error!r}\n")
        return TRACEBACK


def reread_result(folder: Path) -> bool:
    """Whether opening the result says that something is wrong; it raises if so."""
    open_results(folder)
    return False


def reread_study(folder: Path) -> bool:
    """Whether going on with the study notices the damage: a plan is refused, a shard removed."""
    before = len(list((folder / "shards").glob("*.parquet")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Notice)
        read_shards(folder, read_plan(folder))
    return len(list((folder / "shards").glob("*.parquet"))) < before


def outcomes(where: Path, number: int, seed: int) -> "Counter[tuple[str, str]]":
    """How often each kind of file met each end, half of the flips in a result and half in a study."""
    found: Counter[tuple[str, str]] = Counter()
    for make, reread in ((stored_result, reread_result), (stored_study, reread_study)):
        found.update(flips_of(make(where / make.__name__), reread, number // 2, seed))
    return found


def main(number: int) -> int:
    """Print the table; 0 if every flip was noticed."""
    folder = Path(tempfile.mkdtemp())
    try:
        found = outcomes(folder, number, seed=1)
    finally:
        shutil.rmtree(folder)
    for (kind, what), count in sorted(found.items()):
        sys.stdout.write(f"{kind:10} {what:10} {count:,}\n")
    return int({what for _, what in found} != {NOTICED})


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
