"""A report as blocks, written as Markdown or as a self-contained page from the same blocks."""

import base64
import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.text import visible
from sim.lab.language.language import page_language
from sim.lab.reports.markdown import CODE, as_paragraph, inline
from sim.lab.reports.page import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS = 140
STRONG = re.compile(r"\*\*([^*]+)\*\*")


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title's."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Text in which `code` and **strong** words may be marked."""

    text: str


@dataclass(frozen=True)
class Quote:
    """The question a report answers."""

    text: str


@dataclass(frozen=True)
class Listing:
    """A list of points."""

    points: Sequence[str]


@dataclass(frozen=True)
class Grid:
    """A table of text; the first `texts` columns are words, the others numbers.

    `folded` says what to click on to see it, where the page should not show it at once.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1
    folded: str = ""


@dataclass(frozen=True)
class Picture:
    """A figure that is drawn when the report is written."""

    name: str
    caption: str
    draw: "Callable[[], Figure]"


Block = Heading | Paragraph | Quote | Listing | Grid | Picture


@dataclass(frozen=True)
class Document:
    """A report: a title and blocks."""

    title: str
    blocks: Sequence[Block]

    def markdown(self, suffix: str = "") -> str:
        """As Markdown; figures are named as files in `figures/`, with `suffix` before their ending."""
        parts = [f"# {inline(self.title)}", *(_markdown(block, suffix) for block in self.blocks)]
        return "\n\n".join(parts) + "\n"

    def html(self, pictures: dict[str, bytes]) -> str:
        """As one page that needs no other file.

        Args:
            pictures: PNG images by the name of the figure.
        """
        body = "\n".join(_html(block, pictures) for block in self.blocks)
        title = html.escape(self.title)
        head = (
            f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
        )
        spoken = page_language()
        return (
            f'<!DOCTYPE html>\n<html lang="{spoken}"><head>{head}\n<style>\n{style(title + body)}</style></head>\n'
            f"<body><main>\n<h1>{title}</h1>\n{body}\n</main></body></html>\n"
        )

    def draw(self, folder: Path, suffix: str = "") -> dict[str, bytes]:
        """Draw every figure into `folder` as PNG and SVG; returns the PNG images by the name of the figure."""
        folder.mkdir(parents=True, exist_ok=True)
        drawn = {}
        for block in self.blocks:
            if isinstance(block, Picture):
                drawn[block.name] = save_figure(block.draw(), folder, block.name + suffix)
        return drawn


def save_figure(figure: "Figure", folder: Path, name: str) -> bytes:
    """Save as PNG and SVG, without the time of day; returns the PNG image."""
    import matplotlib

    from sim.lab.figures.glyphs import draws_chinese

    _lay_out(figure)
    image = BytesIO()
    figure.savefig(image, format="png", dpi=DOTS, metadata={"Software": None})
    (folder / f"{name}.png").write_bytes(image.getvalue())
    letters = "path" if draws_chinese(figure) else "none"  # an SVG carries no font
    with matplotlib.rc_context({"svg.hashsalt": name, "svg.fonttype": letters}):
        figure.savefig(folder / f"{name}.svg", format="svg", metadata={"Date": None, "Creator": None})
    return image.getvalue()


def _lay_out(figure: "Figure") -> None:
    """Find everything its place once: a figure with an engine is drawn twice for each format, to find it again."""
    engine = figure.get_layout_engine()
    if engine is not None:
        figure.set_dpi(DOTS)
        engine.execute(figure)
        figure.set_layout_engine(None)


def _markdown(block: Block, suffix: str) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {inline(text)}"
        case Paragraph(text):
            return as_paragraph(text)
        case Quote(text):
            return f"> {as_paragraph(text)}"
        case Listing(points):
            return "\n".join(f"- {as_paragraph(point)}" for point in points)
        case Grid():
            return _markdown_grid(block)
        case Picture(name, caption):
            return f"![{inline(caption)}](figures/{name}{suffix}.png)\n\n*{inline(caption)}*"


def _markdown_grid(grid: Grid) -> str:
    rule = ["---" if column < grid.texts else "---:" for column in range(len(grid.header))]
    lines = [grid.header, rule, *grid.rows]
    table = "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)
    if not grid.folded:
        return table
    folded = html.escape(" ".join(visible(grid.folded).split())).replace("[", "&#91;").replace("]", "&#93;")
    return f"<details><summary>{folded}</summary>\n\n{table}\n\n</details>"


def _cell(text: str) -> str:
    return inline(text).replace("|", "\\|")


def _html(block: Block, pictures: dict[str, bytes]) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{_inline(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{_inline(text)}</p>"
        case Quote(text):
            return f"<blockquote>{_inline(text)}</blockquote>"
        case Listing(points):
            return "<ul>" + "".join(f"<li>{_inline(point)}</li>" for point in points) + "</ul>"
        case Grid():
            return _html_grid(block)
        case Picture(name, caption):
            coded = base64.b64encode(pictures[name]).decode("ascii")
            image = f'<img alt="{html.escape(caption)}" src="data:image/png;base64,{coded}">'
            return f"<figure>{image}<figcaption>{_inline(caption)}</figcaption></figure>"


def _html_grid(grid: Grid) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        kinds = ["" if column < grid.texts else ' class="number"' for column in range(len(cells))]
        joined = "".join(
            f"<{tag}{kind}>{_inline(cell)}</{tag}>" for cell, kind in zip(cells, kinds, strict=True)
        )
        return f"<tr>{joined}</tr>"

    rows = "\n".join(line(row, "td") for row in grid.rows)
    table = f'<div class="table"><table><thead>{line(grid.header, "th")}</thead>\n<tbody>{rows}</tbody></table></div>'
    if not grid.folded:
        return table
    return f"<details><summary>{html.escape(grid.folded)}</summary>{table}</details>"


def _inline(text: str) -> str:
    escaped = html.escape(visible(text), quote=False)
    return STRONG.sub(r"<strong>\1</strong>", CODE.sub(r"<code>\1</code>", escaped))
