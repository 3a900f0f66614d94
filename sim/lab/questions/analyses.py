"""Analyses of a stored study, kept beside it: `sensitivity`, `attribute`, `robust`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import UserError
from sim.lab.jobs.folder import new_folder
from sim.lab.language.language import speaking
from sim.lab.results.files import write_frames
from sim.lab.results.store import open_results, write_report
from sim.lab.results.study import Study

if TYPE_CHECKING:
    from sim.lab.results.attribution import Attribution
    from sim.lab.results.robustness import Headline, Robustness
    from sim.lab.results.sensitivity import Sensitivity


def study_in(given: Study | str | Path) -> Study:
    """A study, or the one that is stored in a folder.

    Raises:
        UserError: the folder holds no finished study.
    """
    found = given if isinstance(given, Study) else open_results(given)
    if isinstance(found, Study):
        return found
    raise UserError(
        f"{given} holds a {found.manifest['result']}, not a study: sim sweep makes one of a study file"
    )


def sensitivity(study: Study | str | Path, outcomes: Sequence[str] | None = None) -> "Sensitivity":
    """Which factors a study's effects hang on: screening, shares of variance, or regression, as its design allows.

    Args:
        study: a study, or the folder it is stored in.
        outcomes: which; by default all that were kept.

    Raises:
        UserError: no study, or one whose design or failures do not allow it.
    """
    from sim.lab.estimates.sensitivity import sensitivity as analysed

    return analysed(study_in(study), outcomes)


def attribute(study: Study | str | Path, sesoi: Mapping[str, float] | None = None) -> "Attribution":
    """What each of the regime's eight parts adds: Shapley values and interactions of a study of coalitions.

    Args:
        study: a study, or the folder it is stored in.
        sesoi: smallest effect of interest by outcome; by default the study's own.

    Raises:
        UserError: no study, or one of another design.
    """
    from sim.lab.estimates.attribution import attribute as analysed

    return analysed(study_in(study), sesoi)


def robust(
    study: Study | str | Path,
    headlines: "Sequence[str | Headline] | None" = None,
    sesoi: Mapping[str, float] | None = None,
) -> "Robustness":
    """In how much of the assumption space each headline holds; regret; where it flips.

    Args:
        study: a study, or the folder it is stored in.
        headlines: what is claimed, as `"four_systems:output_per_post>0"`; by default the study's own, else the sign of
            the median effect on the key outcomes.
        sesoi: smallest effect of interest by outcome; by default the study's own.

    Raises:
        UserError: no study, one whose design does not fill the space, or a headline that cannot be read.
    """
    from sim.lab.estimates.headlines import headline_of
    from sim.lab.estimates.robustness import robust as analysed

    asked = [headline_of(one) if isinstance(one, str) else one for one in headlines or ()]
    return analysed(study_in(study), asked or None, sesoi)


def keep(found: "Attribution | Robustness | Sensitivity", lang: str = "en") -> Path:
    """Write an analysis into a folder beside its study: tables as text, report and figures.

    Args:
        found: of a study that was opened from its folder.
        lang: a second language besides English.

    Raises:
        UserError: the study is not stored, or its folder cannot be written.
    """
    if found.study.folder is None:
        raise UserError(f"{found.study.name} is not stored: run it with a folder of results")
    with new_folder(found.study.folder, found.kind) as folder:
        write_frames(folder, found.frames())
        for one in dict.fromkeys(("en", lang)):
            with speaking(one):
                write_report(folder, found.document(), "" if one == "en" else f".{one}")
    return found.study.folder / found.kind
