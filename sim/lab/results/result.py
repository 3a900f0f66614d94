"""What all results have: tables, a manifest, a folder, and an account of themselves in words and figures."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from sim.lab import maker
from sim.lab.language.language import speaking

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

    from sim.lab.results.study import Study


class Document(Protocol):
    """A report, to be written in any form."""

    def markdown(self, suffix: str = "") -> str:
        """As Markdown; `suffix` stands before the ending of every figure's file."""

    def html(self, pictures: dict[str, bytes]) -> str:
        """As one page with its figures, PNG images by name."""

    def draw(self, folder: Path, suffix: str = "") -> dict[str, bytes]:
        """Draw the figures into a folder; returns them as PNG images by name."""


class Reported:
    """What has a report. Who writes and draws it is told by `sim.lab.PLACES`, by kind."""

    kind: ClassVar[str]

    def derived(self, what: str, *more: Any) -> Any:
        """The report, figure, summary or whatever has that name in `sim.lab.PLACES`, made of this."""
        return maker(self.kind, what)(self, *more)

    def document(self) -> Document:
        """The report."""
        found: Document = self.derived("report")
        return found

    def report(self, lang: str = "en") -> str:
        """The report, in Markdown, in English or Chinese (`zh`)."""
        with speaking(lang):
            return self.document().markdown()


class Drawn(Reported):
    """What has a figure as well."""

    def figure(self, lang: str = "en") -> "Figure":
        """The leading figure, in English or Chinese (`zh`)."""
        with speaking(lang):
            found: Figure = self.derived("figure")
            return found


class Result(Reported):
    """What is stored.

    Attributes:
        manifest: how it came about.
        folder: where it is stored, or None.
        reused: whether it was read from an earlier one of the same input.
    """

    manifest: dict[str, Any]
    folder: Path | None
    reused: bool

    @property
    def name(self) -> str:
        """Name of the scenario, or of the file that asks for it."""
        return str(self.manifest["name"])

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know before using the numbers."""
        return tuple(self.manifest.get("warnings", ()))

    def summary(self, lang: str = "en") -> str:
        """What it says in a few lines, in English or Chinese (`zh`)."""
        with speaking(lang):
            return str(self.derived("summary"))

    def __str__(self) -> str:
        return str(self.derived("summary"))


class Analysis(Drawn):
    """What is read from a finished study, and kept beside it.

    Attributes:
        study: what was analysed.
    """

    study: "Study"

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """The tables that are kept, by name."""
        raise NotImplementedError

    def paragraph(self, lang: str = "en") -> str:
        """What it says, in plain sentences."""
        with speaking(lang):
            return str(self.derived("paragraph"))
