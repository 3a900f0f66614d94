"""Figures: drawn without a display, with uncertainty, and saying what they rest on."""

import sys

import pytest
from matplotlib.figure import Figure

from sim.lab.estimates.digest import digest
from sim.lab.figures import drawing, figures
from sim.lab.figures.overview import overview
from sim.lab.results.digest import Digest
from tests.lab.fake import fake

ALL = (
    figures.time_paths,
    figures.flagged_by_ability,
    figures.pay_against_contribution,
    figures.flows,
    overview,
)


@pytest.fixture(scope="module")
def compared() -> Digest:
    return digest({"old": fake("old"), "new": fake("new", 0.2), "other": fake("other", -0.1)}, "old")


@pytest.fixture(scope="module")
def alone() -> Digest:
    return digest({"new": fake("new", 0.2)})


def texts(figure: Figure) -> str:
    below = figure.get_supxlabel()
    return " ".join(below.split())


@pytest.mark.parametrize("draw", [*ALL, figures.effects_by_outcome])
def test_captions_name_replications_and_baseline(draw, compared: Digest) -> None:  # type: ignore[no-untyped-def]
    caption = texts(draw(compared))
    assert "12 replications" in caption
    assert "baseline old" in caption
    assert "95 % interval" in caption


@pytest.mark.parametrize("draw", ALL)
def test_a_single_run_is_drawn_without_a_baseline(draw, alone: Digest) -> None:  # type: ignore[no-untyped-def]
    caption = texts(draw(alone))
    assert "12 replications" in caption
    assert "baseline" not in caption


def test_every_line_has_its_band(compared: Digest) -> None:
    axes = figures.time_paths(compared).axes[0]
    assert len(axes.collections) == 2  # two scenarios besides the baseline
    assert figures.flagged_by_ability(compared).axes[0].collections


def test_the_reform_is_marked(compared: Digest) -> None:
    axes = figures.time_paths(compared).axes[0]
    upright = [line for line in axes.lines if list(line.get_xdata()) == [8, 8]]
    assert len(upright) == 1


def test_a_scenario_has_one_colour_in_all_figures(compared: Digest) -> None:
    looks = drawing.look_of(compared)
    assert len({look["color"] for look in looks.values()}) == 3
    colours = [line.get_color() for line in figures.flagged_by_ability(compared).axes[0].lines]
    assert set(colours) >= {look["color"] for look in looks.values()}


def test_drawing_changes_no_global_setting(compared: Digest) -> None:
    import matplotlib

    before = matplotlib.rcParams["font.size"]
    figures.flows(compared)
    assert matplotlib.rcParams["font.size"] == before
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_figures_are_drawn_of_whatever_outcomes_there_are() -> None:
    runs = {"old": fake("old"), "new": fake("new", 0.2)}
    only = digest(runs, "old", outcomes=["ability_leavers"])
    assert overview(only).axes[0].get_title(loc="left") == "ability of leavers"


def test_one_replication_is_drawn_without_bands_falling_over() -> None:
    single = digest({"old": fake("old", replications=1), "new": fake("new", 0.2, replications=1)}, "old")
    assert "1 replication" in texts(overview(single))
