"""Catalogues of texts, a file for each language: `catalogues/zh.po`, and those of the folder `SIM_CATALOGUES` names.

The English text is the message id, as in gettext; its {fields} stay. What a language needs besides its texts are
messages of the context `language`: how sentences are joined, and the font of its script.
"""

import os
import re
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from sim.core.errors import UserError

ENGLISH = "en"
"""The language of the message ids; it needs no catalogue."""
OWN = Path(__file__).parent / "catalogues"
FIELD = re.compile(r"\{(\w*)[^}]*\}")
MORE = "SIM_CATALOGUES"
"""The environment variable that names a folder of further catalogues, or of others in place of those here."""


def catalogue_files() -> dict[str, Path]:
    """The catalogue of every language but English, by the name of its file."""
    folders = [OWN, *([Path(os.environ[MORE])] if os.environ.get(MORE) else [])]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.po"))}


def fields(text: str) -> list[str]:
    """The {fields} of a text, in alphabetical order."""
    return sorted(FIELD.findall(text))


class Catalogue(NamedTuple):
    """One language.

    Attributes:
        texts: its translations, compiled.
        english: the texts that it knows, with their contexts.
    """

    texts: GNUTranslations
    english: tuple[tuple[str, str], ...]


@cache
def catalogue(path: Path) -> Catalogue:
    """The texts of one file, compiled in memory; fuzzy ones are left out.

    Raises:
        UserError: the file cannot be read, or a translation has fields that the text has not.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            messages = read_po(file, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        raise UserError(f"{path}: no catalogue of texts ({error})") from error
    pairs = [
        (one.id, one.string) for one in messages if isinstance(one.id, str) and isinstance(one.string, str)
    ]
    wrong = [
        f"{path}: {{{name}}} is no field of {text!r}"
        for text, translation in pairs
        for name in fields(translation)
        if name not in fields(text)
    ]
    if wrong:
        raise UserError("\n".join(wrong))
    for one in messages:
        if isinstance(one.string, (tuple, list)) and not all(one.string):
            one.string = ""  # told in English, in the form that English has for the number
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    english = ((one.context or "", one.id) for one in messages if one.id and isinstance(one.id, str))
    return Catalogue(GNUTranslations(compiled), tuple(english))
