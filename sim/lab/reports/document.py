"""A report as blocks: reports that are no template yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.lab.figures.saving import save_figure
from sim.lab.reports.environment import table
from sim.lab.reports.grid import Grid
from sim.lab.reports.markdown import as_paragraph, inline
from sim.lab.reports.page import page

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Block", "Document", "Grid", "Heading", "Listing", "Paragraph", "Picture", "Quote"]


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
        return page(self.markdown(), pictures)

    def pictures(self) -> list[str]:
        """Names of the figures, in their order."""
        return [block.name for block in self.blocks if isinstance(block, Picture)]

    def figure(self, name: str) -> "Figure":
        """The figure of a name."""
        return next(one.draw() for one in self.blocks if isinstance(one, Picture) and one.name == name)

    def draw(self, folder: Path, suffix: str = "") -> dict[str, bytes]:
        """Draw every figure into `folder` as PNG and SVG; returns the PNG images by the name of the figure."""
        folder.mkdir(parents=True, exist_ok=True)
        return {name: save_figure(self.figure(name), folder, name + suffix) for name in self.pictures()}


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
            return str(table(block))
        case Picture(name, caption):
            return f"![{inline(caption)}](figures/{name}{suffix}.png)\n\n*{inline(caption)}*"
