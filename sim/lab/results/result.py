"""What all results have: tables, a manifest, a folder, and an account of themselves in words and figures."""

from collections.abc import Mapping
from dataclasses import Field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from sim.lab import maker
from sim.lab.language.language import speaking
from sim.lab.results.checked import CURE, Damaged
from sim.lab.results.manifest import Manifest

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

    from sim.lab.results.study import Study


class Document(Protocol):
    """A report, to be written in any form."""

    def markdown(self, suffix: str = "") -> str:
        """As Markdown; `suffix` stands before the ending of every figure's file."""

    def paragraph(self) -> str:
        """What it says in plain sentences."""

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
        document: Document = self.derived("report")
        return document

    def report(self, lang: str = "en") -> str:
        """The report, in Markdown, in English or Chinese (`zh`)."""
        with speaking(lang):
            return self.document().markdown()


class Drawn(Reported):
    """What has a figure as well."""

    def figure(self, lang: str = "en") -> "Figure":
        """The leading figure, in English or Chinese (`zh`)."""
        with speaking(lang):
            figure: Figure = self.derived("figure")
            return figure


class Result(Reported):
    """What is stored: frozen tables and a manifest. Every kind is a dataclass.

    Attributes:
        FRAMES: names of the tables, in the order in which they are written.
        manifest: how it came about.
        folder: where it is stored, or None.
        reused: whether it was read from an earlier one of the same input.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    FRAMES: ClassVar[tuple[str, ...]]
    manifest: Manifest
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

    @classmethod
    def form(cls) -> type[Manifest]:
        """What its manifest has to say."""
        kind: type[Manifest] = cls.__dataclass_fields__["manifest"].type  # type: ignore[assignment]
        return kind

    @classmethod
    def from_frames(
        cls,
        frames: "Mapping[str, pandas.DataFrame]",
        manifest: Any,
        folder: Path | None = None,
        runs: Mapping[str, Any] | None = None,
    ) -> Self:
        """The result that consists of these tables.

        Args:
            frames: by name.
            manifest: as `form` says.
            folder: where they are stored.
            runs: results within this one, by name.

        Raises:
            Damaged: a table is missing.
        """
        own = [field for field in fields(cls) if field.name in cls.FRAMES]
        missing = [field.name for field in own if field.name not in frames and field.default is not None]
        if missing:
            raise Damaged(f"{folder} is not complete: it has no table {', '.join(missing)}. {CURE}")
        values: dict[str, Any] = {field.name: frames.get(field.name) for field in own}
        values |= cls.further(frames, manifest, runs or {})
        return cls(**values, **{"manifest": manifest, "folder": folder})

    @classmethod
    def further(
        cls, frames: Mapping[str, Any], manifest: Any, runs: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What a result consists of besides its tables, by name, read from all that is stored."""
        return {}

    def frames(self) -> dict[str, "pandas.DataFrame"]:
        """The tables that are stored, by name; without those that do not exist."""
        frames = {name: getattr(self, name) for name in self.FRAMES}
        return {name: frame for name, frame in frames.items() if frame is not None}

    def column_units(self) -> dict[str, str]:
        """Units of columns that are settings, by name."""
        return {}

    def runs_within(self) -> Mapping[str, "Result"]:
        """Results that are stored within this one, by name."""
        return {}

    @staticmethod
    def names_within(manifest: Any) -> list[str]:
        """Names of the results that are stored within the one of a manifest."""
        return []

    def written(self) -> Manifest:
        """The manifest as it is written, but for the checksums of the tables."""
        return self.manifest

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
            return self.document().paragraph()
