"""Text that can be shown anywhere (control characters spelled out, others replaced), and the word that was meant."""

import codecs
import re
import sys
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Control characters, marks that reorder or hide text, and halves of characters; line feeds and tabs apart."""
FITTING = "fitting"
"""The error handler that replaces what an encoding lacks."""
INSTEAD = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "×": "x", "÷": "/", "·": ".", "•": "*", "…": "...",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "≤": "<=", "≥": ">=", "≈": "~", "≠": "!=", "±": "+/-",
    "→": "->", "←": "<-", "↑": "^", "↓": "v", "✓": "ok", "✗": "x", "µ": "u", "√": "sqrt", "∞": "inf", "§": "section ",
    "│": "|", "─": "-", "━": "-", "█": "#", "▏": "|", "●": "o", "（": "(", "）": ")", "，": ",", "。": ".", "：": ":",
}  # fmt: skip
"""What stands for a character where it cannot be written."""


def message(text: str, /, **values: object) -> str:
    """A sentence stored in English, as warnings are; told in another language, it is recognised by its `text`."""
    return text.format(**values)


def visible(text: str) -> str:
    """The text with every control character spelled out, so that it moves no cursor and hides nothing."""
    return HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def fitting(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that an encoding lacks: by ones like them, else by ?.

    Raises:
        UnicodeError: it was not writing that failed.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(sign: str) -> str:
    plain = INSTEAD.get(sign) or unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return plain or "?"


codecs.register_error(FITTING, fitting)


def write_anywhere() -> None:
    """Let the standard streams write whatever they are given, in whatever encoding the terminal or pipe has."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=FITTING)


def nearest_word(word: str, words: Iterable[str]) -> str:
    """The most similar of `words`; "" where none is similar."""
    close = get_close_matches(word, list(words), n=1, cutoff=0.6)
    return close[0] if close else ""


def did_you_mean(word: str, words: Iterable[str], by_name: bool = True, few: bool = False) -> str:
    """`; did you mean x?`, or else the list of what there is, by name or in its own order; `few`: or else nothing."""
    known = list(words)
    close = nearest_word(word, known)
    if close or few:
        return f"; did you mean {close}?" if close else ""
    return (
        f"; there is {', '.join(sorted(known) if by_name else known)}"
        if known
        else "; there is nothing to set here"
    )
