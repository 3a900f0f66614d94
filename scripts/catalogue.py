"""Bring the catalogues of texts up to date: `make catalogue`; `--check` says what is missing and changes nothing.

A text is what `tr`, `counted` or `message` is called with in sim/, in Python or in a template, and what the tables of
the model say: outcomes, units, kinds of rules, shipped scenarios and studies. A new text is entered without a
translation; where it is like one that is gone, with the old translation, marked fuzzy: correct it, take the mark away.
"""

import argparse
import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, get_args

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract
from pydantic import BaseModel

from sim.core.parameters import SOURCES
from sim.lab.designs.read_evaluation import evaluation_header
from sim.lab.designs.read_study import read_study
from sim.lab.designs.study_file import DESIGNS
from sim.lab.language.catalogue import OWN, fields
from sim.lab.language.language import COUNT, JOINED, LANGUAGE, LATIN_FAMILY, STORED
from sim.lab.questions.trace import CHOSEN, CHOSEN_PAID
from sim.outcomes import OUTCOMES
from sim.outcomes.units import UNITS
from sim.rules.base import REGISTRY
from sim.scenario.loader import load
from sim.scenario.messages import Problems
from sim.scenario.roster.remarks import DRAWN
from sim.scenario.schema import Scenario
from sim.settings.terms import AREA_LEVEL
from tests.shipped import shipped

CODE = Path(__file__).parent.parent / "sim"
UNTOLD = ("test_", "north_shore", "south_shore")
"""How names begin that are not translated: kinds of the tests, the places of the example roster."""
ROLES = ("lever", "uncertainty", "part")
"""What a factor of a study can be."""


class Text(NamedTuple):
    """A text to be translated: `many` is its plural, where it is a noun after a number."""

    english: str
    context: str | None = None
    many: str = ""


def texts() -> set[Text]:
    """Everything that is told."""
    said = {Text(text) for text in (*in_tables(), *in_settings(), *in_scenarios())}
    facts = (Text(fact, LANGUAGE) for fact in (JOINED, LATIN_FAMILY))
    stored = (Text(text, STORED) for text in DRAWN.values())
    return {*said, *in_code(), *in_templates(), *facts, *stored}


def in_code() -> Iterator[Text]:
    """What `tr` and `counted` are called with in Python."""
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _of_call(getattr(node.func, "id", ""), [_literals(one) for one in node.args])


def in_templates() -> Iterator[Text]:
    """What they are called with in templates of reports."""
    for path in CODE.rglob("*.j2"):
        with path.open("rb") as file:
            for _, name, found, _ in babel_extract(file, ("tr", "counted"), (), {}):
                arguments = found if isinstance(found, tuple) else (found,)
                yield from _of_call(name, [[one] if one else [] for one in arguments])


def _literals(node: ast.expr) -> list[str]:
    """The texts that an argument can be: one, or those of both branches."""
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _of_call(name: str, arguments: list[list[str]]) -> Iterator[Text]:
    if name == "tr" and arguments:
        yield from map(Text, arguments[0])
    if name == "message" and arguments:
        yield from (Text(text, STORED) for text in arguments[0])
    if name == "counted":
        nouns = [text for argument in arguments for text in argument]
        if nouns:
            yield Text(nouns[0], COUNT, nouns[1] if len(nouns) > 1 else f"{nouns[0]}s")


def in_tables() -> Iterator[str]:
    """Names and definitions of outcomes, units, rules, designs and sources."""
    for one in OUTCOMES.values():
        yield from one.texts
    for unit, row in UNITS.items():
        yield from (unit, row.meaning)
    names = [name for slot, kinds in REGISTRY.items() for name in (slot, *kinds)]
    yield from _plain(*names, *DESIGNS, *SOURCES, *ROLES, AREA_LEVEL)
    yield from (*CHOSEN.values(), CHOSEN_PAID)


def in_settings() -> Iterator[str]:
    """What every setting of a scenario is, and its unit."""
    kinds = [kind for slot in REGISTRY.values() for name, kind in slot.items() if not name.startswith(UNTOLD)]
    known, waiting = set[type[BaseModel]](), [Scenario, *kinds]
    while waiting:
        kind = waiting.pop()
        known.add(kind)
        for field in kind.model_fields.values():
            extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
            yield from filter(None, (field.description, str(extra.get("unit", ""))))
            waiting += [one for one in _models(field.annotation) if one not in known]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The groups of settings that a field holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models(one)


def in_scenarios() -> Iterator[str]:
    """Names, questions and notes of shipped scenarios and studies, and names of their triggers and places."""
    for path in shipped():
        scenario = load(path)
        yield scenario.question
        yield from _plain(scenario.name, *scenario.world.new_cities)
        for quarter in (0, *(change + 1 for change in scenario.changes)):
            yield from _plain(*scenario.at(quarter).regime.adjustment.listed)
        yield from filter(None, (origin.note for stage in scenario.origins for origin in stage.values()))
    for path in shipped("scenarios/studies"):
        header = read_study(path, Problems()).header
        yield header.question
        yield from _plain(header.name)
    for path in shipped("scenarios/evaluations"):
        asked = evaluation_header(path)
        yield asked.question
        yield from _plain(asked.name)


def _plain(*names: str) -> Iterator[str]:
    yield from (name.replace("_", " ") for name in names if not name.startswith(UNTOLD))


def template() -> Catalog:
    """All texts, without a translation."""
    found = Catalog()
    for english, context, many in sorted(texts(), key=lambda text: (text.english, text.context or "")):
        if english:
            found.add((english, many) if many else english, context=context)
    return found


def written(catalogue: Catalog) -> bytes:
    """As the file holds it: a text a line, in alphabetical order, so that two people's changes can be merged."""
    for message in catalogue:
        message.flags -= {"python-format", "python-brace-format"}  # guessed: "95 % interval" is no format
        message.previous_id = []
    file = BytesIO()
    write_po(file, catalogue, width=0, sort_output=True, no_location=True, ignore_obsolete=True)
    return file.getvalue()


def read(path: Path) -> Catalog:
    """The catalogue in a file."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def updated(path: Path) -> bytes:
    """The file with the texts of today: new ones entered, old ones taken out."""
    catalogue = read(path)
    catalogue.update(template(), update_header_comment=False, update_creation_date=False)
    return written(catalogue)


def faults(path: Path) -> list[str]:
    """What is wrong with a catalogue, in the order of its texts."""
    wanted, catalogue = template(), read(path)
    found = {(one.context, _english(one)): one for one in catalogue if one.id}
    known = {(one.context, _english(one)) for one in wanted if one.id}
    wrong = [
        f"{path.name}: {english!r} is missing" for context, english in sorted(known - found.keys(), key=str)
    ]
    for key, message in found.items():
        trouble = "is used no longer" if key not in known else _trouble(message)
        wrong += [f"{path.name}: {key[1]!r} {trouble}"] if trouble else []
    return wrong


def _english(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _trouble(message: Message) -> str:
    """What is wrong with one text; "" if nothing is."""
    told = [message.string] if isinstance(message.string, str) else list(message.string)
    if not all(told):
        return "has no translation"
    if message.fuzzy:
        return "is fuzzy: correct the translation and take the mark away"
    if any(fields(one) != fields(_english(message)) for one in told):
        return f"has other {{fields}} in its translation: {told[0]!r}"
    return ""


def main() -> int:
    """Update or check every catalogue; 1 if one is not complete."""
    parser = argparse.ArgumentParser(description="Update the catalogues of texts.")
    parser.add_argument("--check", action="store_true", help="say what is wrong and write nothing")
    checking = parser.parse_args().check
    wrong = []
    for path in sorted(OWN.glob("*.po")):
        if not checking:
            path.write_bytes(updated(path))
        wrong += faults(path)
    print("\n".join([*wrong, "make catalogue enters new texts" if wrong and checking else ""]).strip())
    return 1 if wrong and checking else 0


if __name__ == "__main__":
    sys.exit(main())
