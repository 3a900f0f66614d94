"""Would an evaluation have found out what a reform does: `evaluate`."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from sim.lab.designs.read_evaluation import evaluation_plan
from sim.lab.jobs.progress import StudyProgress
from sim.lab.questions.studies import carried_out
from sim.lab.results.evaluation import Evaluation


def evaluate(
    given: Any,
    replications: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    dask: str | None = None,
    progress: StudyProgress | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    again: bool = False,
    on_error: str = "stop",
    shard: str | None = None,
    allow: Collection[str | Path] = (),
) -> Evaluation:
    """Try a reform out in some places many times over, and let evaluators judge each pilot by what they would see.

    A pilot is one replication: one draw of luck, simulated with the reform in the places drawn for it and, by the same
    luck, without it. The difference of the two is the truth; the evaluators see the first one alone.

    Args:
        given: the path of an evaluation file, or a mapping of the same form.
        replications: pilots of each kind, instead of those that the file asks for.
        seed, workers, dask, progress, resume, again, on_error, shard, allow: as of a study.
        out: folder of results, in which `evaluate-<name>/` is written; None stores nothing.

    Raises:
        UserError: wrong input, or estimators that are not installed, before anything runs.
        Stopped: a run failed, a worker died, the disk is full; what is finished is kept.
    """
    plan = evaluation_plan(given, replications, seed, allow)
    made = carried_out(plan, workers, dask, progress, out, resume, again, on_error, shard)
    assert isinstance(made, Evaluation)  # its plan says so
    return made
