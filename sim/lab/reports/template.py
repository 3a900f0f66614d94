"""A report: a template of `templates/` and the facts that fill it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from sim.lab.figures.saving import save_figure
from sim.lab.language.language import language, speaking
from sim.lab.reports.environment import filled, sentences
from sim.lab.reports.markdown import inline
from sim.lab.reports.page import page

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Facts = dict[str, Any]
"""What a template names: a name that is missing is an error when the template is filled."""


@dataclass(frozen=True)
class Report:
    """A report, written in the language in which it was made, as Markdown or as a page.

    Attributes:
        template: its name, without the ending.
        facts: what the template names.
        figure: draws the figure of a name that the template gives to `picture`.
        lang: the language; by default the one spoken.
    """

    template: str
    facts: Mapping[str, Any]
    figure: "Callable[[str], Figure]"
    lang: str = field(default_factory=language)

    def markdown(self, suffix: str = "") -> str:
        """As Markdown; figures are named as files in `figures/`, with `suffix` before their ending."""
        return self._written(suffix)[0]

    def paragraph(self) -> str:
        """What the block `paragraph` of the template says, with its marks and nothing escaped."""
        with speaking(self.lang):
            return sentences(self.template, self.facts, "paragraph")

    def html(self, pictures: dict[str, bytes]) -> str:
        """As one page that needs no other file.

        Args:
            pictures: PNG images by the name of the figure.
        """
        text = self.markdown()
        with speaking(self.lang):
            return page(text, pictures)

    def draw(self, folder: Path, suffix: str = "") -> dict[str, bytes]:
        """Draw every figure into `folder` as PNG and SVG; returns the PNG images by the name of the figure."""
        folder.mkdir(parents=True, exist_ok=True)
        with speaking(self.lang):
            return {name: save_figure(self.figure(name), folder, name + suffix) for name in self.pictures()}

    def pictures(self) -> list[str]:
        """Names of the figures that the report shows, in their order."""
        return self._written("")[1]

    def _written(self, suffix: str) -> tuple[str, list[str]]:
        """The text, and the names of its figures."""
        names: list[str] = []

        def picture(name: str, caption: str) -> Markup:
            names.append(name)
            return Markup(f"![{inline(caption)}](figures/{name}{suffix}.png)\n\n*{inline(caption)}*")

        with speaking(self.lang):
            return filled(self.template, {**self.facts, "picture": picture}), names
