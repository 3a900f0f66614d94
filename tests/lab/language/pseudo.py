"""A language made of English: every text has accents, so that what escapes translation shows."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog

from scripts import catalogue
from sim.lab.language.language import LANGUAGE

ACCENTS = str.maketrans("aceginorsuyACEGINORSUY", "áçéĝíñóŕšúýÁÇÉĜÍÑÓŔŠÚÝ")
LEFT_ALONE = re.compile(r"(\{[^}]*\}|`[^`]*`|[\w-]+(?:[._:/][\w-]+)+|--[\w-]+)")
"""Fields, code, names of files and keys."""
MARKUP = re.compile(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|&#?\w+;")
WORD = re.compile(r"(?<![\w.\\/:-])[a-z]{3,}(?![\w./]*\w)", re.IGNORECASE)


def accented(text: str) -> str:
    """The text with accents."""
    return "".join(
        part if LEFT_ALONE.fullmatch(part) else part.translate(ACCENTS) for part in LEFT_ALONE.split(text)
    )


def write_pseudo(folder: Path, name: str = "xx") -> None:
    """A catalogue of this language, as somebody would add one: a file."""
    made = Catalog(charset="utf-8", fuzzy=False)
    for one in catalogue.texts():
        told = one.english if one.context == LANGUAGE else accented(one.english)
        both = (one.english, one.many), (told, accented(one.many))
        text, translation = both if one.many else (one.english, told)
        if one.english:
            made.add(text, translation, context=one.context)
    (folder / f"{name}.po").write_bytes(catalogue.written(made))


def untranslated(text: str, known: str = "") -> list[str]:
    """Words without an accent outside of code, links and paths, but for those that are `known` to be names."""
    words = WORD.findall(MARKUP.sub(" ", text))
    return [word for word in words if word != word.translate(ACCENTS) and word not in known.split()]
