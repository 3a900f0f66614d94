"""A report: a template of `templates/` and the view that fills it."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
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


@dataclass(frozen=True)
class Report:
    """A report, written in the language in which it was made, as Markdown or as a page.

    Attributes:
        template: its name, without the ending.
        view: a frozen dataclass, whose fields the template names.
        figure: draws the figure of a name that the template gives to `picture`.
        lang: the language; by default the one spoken.
    """

    template: str
    view: Any
    figure: "Callable[[str], Figure]"
    lang: str = field(default_factory=language)

    def markdown(self, suffix: str = "") -> str:
        """As Markdown; figures are named as files in `figures/`, with `suffix` before their ending."""
        return self._written(suffix)[0]

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

        values = {one.name: getattr(self.view, one.name) for one in fields(self.view)}
        with speaking(self.lang):
            return filled(self.template, {**values, "picture": picture}), names


def paragraph(template: str, view: Any) -> str:
    """What a template says of a view, with its marks and nothing escaped."""
    return sentences(template, {one.name: getattr(view, one.name) for one in fields(view)})
