"""Sentences that results hold in English, such as warnings, told in the language spoken."""

import re
from functools import cache
from pathlib import Path

from sim.lab.language.catalogue import ENGLISH, catalogue, catalogue_files
from sim.lab.language.language import STORED, language, tr, tr_in
from sim.lab.language.wording import unmarked

FIELD = re.compile(r"\{(\w+)\}")
LEAST_SIGNS = 8
"""How many signs a text must have by which something is recognised that need not be a stored sentence."""
Pattern = tuple[str, str, re.Pattern[str]]
"""The context of a text, the text, and what it looks like with its fields filled in."""


def retold(sentence: str) -> str:
    """A stored sentence in the language spoken, its fields too; as it stands where its text is not known.

    Something said about one scenario of several may begin with its name: `name: sentence`.
    """
    if language() == ENGLISH:
        return sentence
    name, colon, rest = sentence.partition(": ")
    of_one = _known(rest) if colon else ""
    return _known(sentence) or (f"{name}{tr(': ')}{of_one}" if of_one else sentence)


def _known(sentence: str) -> str:
    """The translation; "" for what is not known."""
    for translated in (tr(sentence), tr_in(STORED, sentence), _listed(sentence)):
        if translated not in ("", sentence):
            return translated
    for context, text, pattern in _patterns(catalogue_files()[language()]):
        values = pattern.fullmatch(unmarked(sentence))
        if values:
            known = tr_in(context, text) if context else tr(text)
            fields = {name: _known(value) or value for name, value in values.groupdict().items()}
            return (unmarked(known) if unmarked(sentence) == sentence else known).format(**fields)
    return _with_note(sentence)


def _with_note(sentence: str) -> str:
    """The translation of what a scenario file adds a note to, as `text (note)`; "" for anything else."""
    text, bracket, note = sentence.partition(". (")
    known = tr(f"{text}.") if bracket else text
    return (
        known + tr(" ({changes})", changes=tr(note.removesuffix(")")))
        if known not in (text, f"{text}.")
        else ""
    )


def _listed(sentence: str) -> str:
    """The translation of a list of things with remarks, as `a (one), b (two)`; "" for anything else."""
    items = re.split(r"(?<=\)), ", sentence)
    known = [_known(item) for item in items] if len(items) > 1 else []
    return tr(", ").join(known) if known and all(known) else ""


@cache
def _patterns(path: Path) -> list[Pattern]:
    """Texts with fields, those with the most signs besides first."""
    english = [
        (context, text)
        for context, text in catalogue(path).english
        if FIELD.search(text) and (context == STORED or (not context and _signs(text) >= LEAST_SIGNS))
    ]
    english.sort(key=lambda one: -_signs(one[1]))
    return [(context, text, _pattern(text)) for context, text in english]


def _signs(text: str) -> int:
    return len("".join(FIELD.sub("", text).split()))


def _pattern(text: str) -> re.Pattern[str]:
    """The text with any values in its fields; one just before another holds no blank, one that comes again is alike."""
    parts, names = FIELD.split(unmarked(text)), set[str]()
    pattern, last = re.escape(parts[0]), parts[-2]
    for name, after in zip(parts[1::2], parts[2::2], strict=True):
        value = r"\S+" if not after and name != last else ".*?"
        pattern += f"(?P={name})" if name in names else f"(?P<{name}>{value})"
        names.add(name)
        pattern += re.escape(after)
    return re.compile(pattern, re.DOTALL)
