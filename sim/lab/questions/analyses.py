"""What a stored study says, kept beside it."""

from pathlib import Path

from sim.core.errors import UserError
from sim.lab.jobs.folder import new_folder
from sim.lab.language.language import speaking
from sim.lab.results.files import write_frames
from sim.lab.results.result import Analysis
from sim.lab.results.store import write_report


def keep(analysis: Analysis, lang: str = "en") -> Path:
    """Write an analysis into a folder beside its study: tables, and the report with its figures.

    Args:
        analysis: of a study that was opened from its folder.
        lang: a second language besides English.

    Raises:
        UserError: the study is not stored, or its folder cannot be written.
    """
    study = analysis.study
    if study.folder is None:
        raise UserError(f"{study.name} is not stored: run it with a folder of results")
    with new_folder(study.folder, analysis.kind) as folder:
        write_frames(folder, analysis.frames())
        for one in dict.fromkeys(("en", lang)):
            with speaking(one):
                write_report(folder, analysis.document(), "" if one == "en" else f".{one}")
    return study.folder / analysis.kind
