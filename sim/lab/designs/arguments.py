"""What was asked for: scenarios with their overrides, checked before anything runs."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import UserError
from sim.core.text import did_you_mean

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

MOST_WORKERS = 256


def scenario_of(given: Any, replications: int | None = None, seed: int | None = None) -> "Scenario":
    """The scenario with its number of replications and seed.

    Raises:
        UserError: a wrong scenario, replications below 1, a wrong seed.
    """
    from sim.scenario.loader import load

    override = {}
    if replications is not None:
        override["replications"] = whole("replications", replications, 1)
    if seed is not None:
        override["seed"] = whole("seed", seed, 0)
    return load(given, set=override)


def whole(name: str, value: Any, least: int) -> int:
    """The value, if it is a whole number of at least `least`; numpy's integers count.

    Raises:
        UserError: it is not.
    """
    is_whole = hasattr(value, "__index__") and not isinstance(value, bool)
    if not is_whole or int(value) < least:
        raise UserError(f"{name} = {value!r}: must be a whole number of at least {least}")
    return int(value)


def workers_of(value: Any) -> int:
    """The number of worker processes.

    Raises:
        UserError: not a whole number from 1 to 256.
    """
    workers = whole("workers", value, 1)
    if workers > MOST_WORKERS:
        raise UserError(f"workers = {workers}: at most {MOST_WORKERS}")
    return workers


def out_of(out: Any) -> Path | None:
    """The folder of results, or None."""
    if out is None or isinstance(out, Path):
        return out
    if not isinstance(out, str) or not out:
        raise UserError(f"out = {out!r}: must be the path of a folder")
    return Path(out)


def window_of(window: Any, horizon: int) -> tuple[int, int] | None:
    """First and last quarter of a window; None stays None.

    Raises:
        UserError: not two quarters in order within the horizon.
    """
    if window is None:
        return None
    try:
        first, last = (whole("window", quarter, 0) for quarter in window)
    except (TypeError, ValueError):
        raise UserError(
            f"window = {window!r}: must be the first and the last quarter, such as (33, 40)"
        ) from None
    if first > last:
        raise UserError(
            f"window = {first}-{last}: is reversed; the first quarter comes first, as in {last}-{first}"
        )
    if last > horizon:
        raise UserError(
            f"window = {first}-{last}: must be two quarters in order, at most {horizon} (the horizon)"
        )
    return first, last


def known_outcomes(outcomes: Sequence[str] | None) -> list[str] | None:
    """The chosen outcomes; None for all.

    Raises:
        UserError: one does not exist, or none is named.
    """
    from sim.outcomes import OUTCOMES

    if outcomes is None:
        return None
    chosen = [outcomes] if isinstance(outcomes, str) else list(outcomes)
    known = list(OUTCOMES)
    unknown = [
        f"outcome {name!r} does not exist{did_you_mean(name, known, by_name=False)}"
        for name in chosen
        if name not in known
    ]
    if unknown or not chosen:
        raise UserError("\n".join(unknown) or "outcomes is empty: name at least one, or leave it out for all")
    return chosen
