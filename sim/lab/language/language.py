"""The language that results are told in: English, or Chinese where a translation is known.

The English text is the key (as in gettext): `tr("quarter")` is `季度` inside `speaking("zh")`. What `chinese` does
not know is told in English.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from sim.core.errors import UserError

LANGUAGES = ("en", "zh")
CHINESE_FAMILY = "Four Fixes Sans SC"
CHINESE_FONT = Path(__file__).parent / "fonts" / "FourFixesSansSC.otf"
"""A subset of Noto Sans CJK SC under another name; see fonts/OFL.txt."""
_spoken: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Tell everything inside in `language`.

    Raises:
        UserError: a language that is not known.
    """
    if language not in LANGUAGES:
        raise UserError(f"lang = {language!r}: must be one of {', '.join(LANGUAGES)}")
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language spoken now: `en` or `zh`."""
    return _spoken.get()


def tr(text: str, /, **values: Any) -> str:
    """`text` in the language spoken, its {fields} filled in with `values`."""
    known = text if language() == "en" else catalogue().get(text, text)
    return known.format(**values) if values else known


@cache
def catalogue() -> dict[str, str]:
    """Chinese texts by English ones; loaded when Chinese is first spoken."""
    found: dict[str, str] = import_module("sim.lab.language.chinese").CHINESE
    return found


def joined(sentences: Sequence[str]) -> str:
    """Sentences one after another: with a blank between them in English, without in Chinese."""
    return (" " if language() == "en" else "").join(sentences)
