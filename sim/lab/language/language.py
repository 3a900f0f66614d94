"""The language that results are told in: English, or another where its catalogue has the text.

The English text is the key (as in gettext): `tr("quarter")` is `季度` inside `speaking("zh")`. What the catalogue
does not have is told in English.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from pathlib import Path
from typing import Any

from sim.core.errors import UserError
from sim.lab.language.catalogue import ENGLISH, Catalogue, catalogue, catalogue_files

LATIN_FAMILY = "DejaVu Sans"
"""The font that comes with matplotlib."""
CHINESE_FAMILY = "Four Fixes Sans SC"
CHINESE_FONT = Path(__file__).parent / "fonts" / "FourFixesSansSC.otf"
"""A subset of Noto Sans CJK SC under another name; see fonts/OFL.txt."""
COUNT, LANGUAGE, STORED = "count", "language", "stored"
"""Contexts: nouns after a number; what a language needs besides its texts; sentences that results hold in English."""
JOINED = "{first} {second}"
"""How two sentences follow each other, a message of the context `language`."""
_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def languages() -> tuple[str, ...]:
    """English, and the languages whose catalogues are there."""
    return (ENGLISH, *catalogue_files())


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Tell everything inside in `language`.

    Raises:
        UserError: a language that is not known.
    """
    if language not in languages():
        raise UserError(f"lang = {language!r}: must be one of {', '.join(languages())}")
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language spoken now: `en`, or the name of a catalogue."""
    return _spoken.get()


def tr(text: str, /, **values: Any) -> str:
    """`text` in the language spoken, its {fields} filled in with `values`."""
    known = spoken().texts.gettext(text) if text and language() != ENGLISH else text
    return known.format(**values) if values else known


def tr_in(context: str, text: str) -> str:
    """`text` in the language spoken, where it has a meaning of its own in `context`."""
    return text if language() == ENGLISH else spoken().texts.pgettext(context, text)


def counted_noun(count: int, one: str, many: str) -> str:
    """The noun after a number, in the form that the language spoken has for that number."""
    if language() == ENGLISH:
        return one if count == 1 else many
    return spoken().texts.npgettext(COUNT, one, many, count)


def joined(sentences: Sequence[str]) -> str:
    """Sentences one after another: with a blank between them in English, without in Chinese."""
    joint = tr_in(LANGUAGE, JOINED)
    return (
        reduce(lambda first, second: joint.format(first=first, second=second), sentences) if sentences else ""
    )


def font_family() -> str:
    """The font in which the language spoken is drawn."""
    return tr_in(LANGUAGE, LATIN_FAMILY)


def page_language() -> str:
    """The language spoken as pages name it: `zh-CN`."""
    if language() == ENGLISH:
        return ENGLISH
    return (spoken().texts.info().get("language") or language()).replace("_", "-")


def spoken() -> Catalogue:
    """The catalogue of the language spoken, which is not English."""
    return catalogue(catalogue_files()[language()])
