"""The trials of a calibration: what is tried next, and how trials are kept so that they can be gone on with.

What trial n tries is a function of the seed, n and the trials before it: the sampler is made anew for every trial, with
a seed of its own. So a search that was stopped goes on as if it had not been. Only finished trials are written, each in
one transaction.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import UserError
from sim.core.fingerprint import fingerprint
from sim.lab.designs.targets import Moved

if TYPE_CHECKING:
    from optuna import Study
    from optuna.distributions import BaseDistribution
    from optuna.trial import FrozenTrial

DATABASE = "trials.sqlite"
STUDY = "calibration"
RANDOM_TRIALS = 10
"""Trials drawn at random before the sampler learns from what it has seen."""


@dataclass(frozen=True)
class Trial:
    """A finished trial; `loss` is None and `message` says why if it failed."""

    point: dict[str, Any]
    loss: float | None = None
    obtained: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    message: str = ""


class Trials:
    """The finished trials of one calibration, in order, in a database or in memory."""

    def __init__(self, study: "Study", free: Sequence[Moved], seed: int) -> None:
        self._study, self._free, self._seed = study, free, seed

    def __len__(self) -> int:
        return len(self._study.get_trials(deepcopy=False))

    def first(self, count: int) -> list[Trial]:
        """The first trials; fewer where there are not so many."""
        return [_read(one) for one in self._study.get_trials(deepcopy=False)[:count]]

    def next_point(self) -> dict[str, Any]:
        """The numbers that the next trial should try; the first one tries the scenario as it is."""
        import optuna

        past = self._study.get_trials(deepcopy=False)
        if not past:
            return {one.key: _inside(one) for one in self._free}
        sampler = optuna.samplers.TPESampler(
            n_startup_trials=RANDOM_TRIALS, multivariate=True, seed=_seed_of(self._seed, len(past))
        )
        search = optuna.create_study(direction="minimize", sampler=sampler)
        search.add_trials(past)
        return dict(search.ask(_space(self._free)).params)

    def add(self, trial: Trial) -> None:
        """Keep a finished trial."""
        from optuna.trial import TrialState, create_trial

        made = create_trial(
            state=TrialState.FAIL if trial.loss is None else TrialState.COMPLETE,
            params=trial.point,
            distributions=_space(self._free),
            value=trial.loss,
            user_attrs={
                "obtained": trial.obtained,
                "errors": trial.errors,
                "message": trial.message,
                "checksum": _checksum(trial),
            },
        )
        self._study.add_trial(made)


@contextmanager
def trials_in(folder: Path | None, free: Sequence[Moved], seed: int) -> Iterator[Trials]:
    """The trials kept in a folder, or in memory if there is none.

    Raises:
        UserError: the database cannot be read.
    """
    import optuna

    with _quiet():
        if folder is None:
            yield Trials(optuna.create_study(direction="minimize"), free, seed)
            return
        storage = _storage(folder / DATABASE)
        try:
            study = optuna.create_study(
                storage=storage, study_name=STUDY, direction="minimize", load_if_exists=True
            )
            kept = Trials(study, free, seed)
            kept.first(len(kept))
        except Exception as error:  # whatever the libraries say of a database that holds something else
            raise _unreadable(folder / DATABASE, error) from None
        else:
            yield kept
        finally:
            storage.remove_session()
            storage.engine.dispose()


def forget(folder: Path) -> None:
    """Throw away the trials kept in a folder, and what a killed process left beside them."""
    for path in folder.glob(f"{DATABASE}*"):
        path.unlink()


def _storage(path: Path) -> Any:
    from optuna.storages import RDBStorage
    from sqlalchemy.engine import URL
    from sqlalchemy.exc import SQLAlchemyError

    url = URL.create("sqlite", database=str(path)).render_as_string()
    try:
        return RDBStorage(url)
    except (SQLAlchemyError, RuntimeError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> UserError:
    return UserError(f"{path} cannot be read: {' '.join(str(error).split())[:200]}; --again starts anew")


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the library's log and its remarks on what is experimental."""
    import warnings

    import optuna

    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
            yield
    finally:
        optuna.logging.set_verbosity(before)


def _seed_of(seed: int, number: int) -> int:
    """The sampler's seed in a trial: 32 bits that differ from trial to trial without any pattern."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{number}".encode()).digest()[:4], "big")


def _inside(one: Moved) -> float:
    """The scenario's value, or the nearest end of the range."""
    return _as_is(one, min(max(one.start, one.low), one.high))


def _as_is(one: Moved, value: float) -> float:
    return int(value) if one.whole else float(value)


def _space(free: Sequence[Moved]) -> "dict[str, BaseDistribution]":
    from optuna.distributions import FloatDistribution, IntDistribution

    return {
        one.key: IntDistribution(int(one.low), int(one.high), log=one.log)
        if one.whole
        else FloatDistribution(float(one.low), float(one.high), log=one.log)
        for one in free
    }


def _checksum(trial: Trial) -> str:
    return fingerprint("trial", trial.point, trial.loss, trial.obtained, trial.errors, trial.message)


def _read(frozen: "FrozenTrial") -> Trial:
    """A kept trial.

    Raises:
        UserError: it is not what was written.
    """
    kept: Mapping[str, Any] = frozen.user_attrs
    trial = Trial(
        point=dict(frozen.params),
        loss=frozen.value,
        obtained=[float(value) for value in kept["obtained"]],
        errors=[float(value) for value in kept["errors"]],
        message=str(kept["message"]),
    )
    if kept["checksum"] != _checksum(trial):
        raise UserError(f"trial {frozen.number} is not what was written")
    return trial
