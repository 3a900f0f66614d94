"""Which cases there are, and how they are run."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.core.text import did_you_mean
from sim.validation import (
    bands,
    closed_forms,
    common_numbers,
    directions,
    forced_distribution,
    group_ratings,
    peter_principle,
    tournaments,
    two_strikes,
    two_years,
)
from sim.validation.case import Case, Check, Setting, Validation

CASES: dict[str, Case] = {
    case.name: case
    for case in (
        forced_distribution.CASE,
        peter_principle.CASE,
        tournaments.CASE,
        two_years.BOTTOM_TWICE,
        two_years.LAST_TWICE,
        two_strikes.CASE,
        closed_forms.CASE,
        common_numbers.CASE,
        bands.CASE,
        directions.CASE,
        group_ratings.CASE,
    )
}


def validate(
    names: Sequence[str] = (),
    override: Mapping[str, Any] | None = None,
    replications: int | None = None,
    quick: bool = False,
    told: Callable[[Check], None] | None = None,
    statements: Path | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Validation:
    """Run validation cases against what is known.

    Args:
        names: V1, V3, ...; by default all.
        override: scenario settings on top of the cases' own; expected values follow them.
        replications: of every run; by default the cases' own numbers.
        quick: leave out the cases that take long, and of V10 all but its quick subset.
        told: called with every check as it is done.
        statements: the file of directions that V10 tries; by default scenarios/validation/directions.yaml.

        progress: called with the cases done, the cases in all, and where it is in words.

    Raises:
        UserError: an unknown case, a wrong override, or a wrong file of directions.
    """
    unknown = [
        f"case {name!r} does not exist{did_you_mean(name, CASES, by_name=False)}"
        for name in names
        if name not in CASES
    ]
    if unknown:
        raise UserError("\n".join(unknown))
    chosen = [case for case in CASES.values() if case.name in names or not names]
    chosen = [case for case in chosen if case.quick or not quick or case.name in names]
    setting, found = Setting(override or {}, replications, quick, statements), list[Check]()
    for done, case in enumerate(chosen):
        if progress is not None:
            progress(done, len(chosen), f"{case.name}: {case.title}")
        for check in case.checks(setting):
            found.append(check)
            if progress is not None:
                progress(done, len(chosen), f"{case.name}, checks done: {len(found)}")
            if told is not None:
                told(check)
    return Validation(tuple(chosen), tuple(found))
