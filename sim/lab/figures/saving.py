"""Figures as files that are the same bytes every time."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS = 140


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
