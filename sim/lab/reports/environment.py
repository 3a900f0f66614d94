"""The one environment of all templates, in which text from files is text and nothing else.

Templates of reports are Markdown. Every value that they name is escaped by the environment: `code` and **strong** words
stay marks, anything else is only text. So what comes from files can neither begin a heading, a table or a list, nor
hold HTML or links. In `page.html.j2` values are escaped for HTML.
"""

import html
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sim.core.text import visible
from sim.lab.language.language import joined, tr
from sim.lab.language.stored import retold
from sim.lab.language.wording import counted, listed, number, plain, unmarked
from sim.lab.reports.grid import Grid
from sim.lab.reports.markdown import inline, opened
from sim.lab.reports.terminal import columns, defined, lines

FOLDER = Path(__file__).parent / "templates"
START = "\x02"
"""Stands before every value until the text is whole; no value can hold it."""
BEGUN = re.compile(rf"^((?:\s|[>-]\s)*){START}([^\n]*)", re.MULTILINE)
"""A line of a paragraph, list or quotation that a value begins."""


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A template filled with values, as Markdown.

    Args:
        template: its name, without the ending.
        values: all that it names.
    """
    return tidy(environment().get_template(f"{template}.md.j2").render(values))


def sentences(template: str, values: Mapping[str, Any], block: str = "") -> str:
    """What a template, or one block of it, says with its marks and nothing escaped: for a terminal, for a paragraph."""
    whole = environment().get_template(f"{template}.md.j2")
    context = whole.new_context({**values, "raw": True})
    return "".join((whole.blocks[block] if block else whole.root_render_func)(context)).strip()


def flowing(text: str) -> Markup:
    """Sentences that stand on lines of their own as one paragraph, set apart as the language does."""
    return Markup(joined([line.strip() for line in text.splitlines() if line.strip()]) + "\n")


@cache
def environment() -> Environment:
    """Where templates find each other, and what all of them can call."""
    shared = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        finalize=as_value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    shared.filters.update(flowing=flowing, lines=lines, columns=columns, defined=defined, unmarked=unmarked)
    shared.globals.update(tr=tr, counted=counted, listed=listed, number=number, plain=plain, retold=retold)
    shared.globals.update(table=table, grid=Grid)
    return shared


@pass_context
def as_value(context: Context, value: Any) -> Any:
    """What a template of a report names, as one line of text; parts that are Markdown already stay."""
    if hasattr(value, "__html__") or str(context.name).endswith(".html.j2"):
        return value
    if context.get("raw"):
        return Markup(value)
    return Markup(START + inline(str(value)))


def tidy(text: str) -> str:
    """A filled template with one blank line between blocks, and with no block begun by a value."""
    text = BEGUN.sub(lambda line: line[1] + opened(line[2].replace(START, "").lstrip()), text)
    text = re.sub(r"[ \t]+$", "", text.replace(START, ""), flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def table(grid: Grid) -> Markup:
    """A table in Markdown, below a line to click on where it is folded."""
    rule = ["---" if column < grid.texts else "---:" for column in range(len(grid.header))]
    lines = [grid.header, rule, *grid.rows]
    text = "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)
    if not grid.folded:
        return Markup(text)
    folded = html.escape(" ".join(visible(grid.folded).split())).replace("[", "&#91;").replace("]", "&#93;")
    return Markup(f"<details><summary>{folded}</summary>\n\n{text}\n\n</details>")


def _cell(text: str) -> str:
    return inline(text).replace("|", "\\|")
