"""Text that can be shown anywhere: control characters are spelled out, characters that do not fit replaced."""

import codecs
import re
import sys
import unicodedata

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
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def fitting(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that an encoding lacks: by ones like them, else by ?.

    Raises:
        UnicodeError: it was not writing that failed.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(sign: str) -> str:
    found = INSTEAD.get(sign) or unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return found or "?"


codecs.register_error(FITTING, fitting)


def write_anywhere() -> None:
    """Let the standard streams write whatever they are given, in whatever encoding the terminal or pipe has."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=FITTING)
