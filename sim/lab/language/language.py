"""The language that results are told in: English, or another where its catalogue has the text.

The English text is the key (as in gettext): `tr("quarter")` is `季度` inside `speaking("zh")`. What the catalogue
does not have is told in English.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import UserError
from sim.lab.language.catalogue import ENGLISH, catalogue, catalogue_files

if TYPE_CHECKING:
    from gettext import GNUTranslations

LATIN_FAMILY = "DejaVu Sans"
"""The font that comes with matplotlib."""
CHINESE_FAMILY = "Four Fixes Sans SC"
CHINESE_FONT = Path(__file__).parent / "fonts" / "FourFixesSansSC.otf"
"""A subset of Noto Sans CJK SC under another name; see fonts/OFL.txt."""
COUNT, LANGUAGE = "count", "language"
"""Contexts of messages: nouns after a number; what a language needs besides its texts."""
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
    known = _texts().gettext(text) if text and language() != ENGLISH else text
    return known.format(**values) if values else known


def counted_noun(count: int, one: str, many: str) -> str:
    """The noun after a number, in the form that the language spoken has for that number."""
    if language() == ENGLISH:
        return one if count == 1 else many
    return _texts().npgettext(COUNT, one, many, count)


def joined(sentences: Sequence[str]) -> str:
    """Sentences one after another: with a blank between them in English, without in Chinese."""
    joint = _fact(JOINED)
    return (
        reduce(lambda first, second: joint.format(first=first, second=second), sentences) if sentences else ""
    )


def font_family() -> str:
    """The font in which the language spoken is drawn."""
    return _fact(LATIN_FAMILY)


def page_language() -> str:
    """The language spoken as pages name it: `zh-CN`."""
    if language() == ENGLISH:
        return ENGLISH
    return (_texts().info().get("language") or language()).replace("_", "-")


def _fact(english: str) -> str:
    """What the language spoken has in place of English, of the context `language`."""
    return english if language() == ENGLISH else _texts().pgettext(LANGUAGE, english)


def _texts() -> "GNUTranslations":
    return catalogue(catalogue_files()[language()])
