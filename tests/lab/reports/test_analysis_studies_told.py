"""What studies say: figures with captions, paragraphs, reports, in both languages."""

import re
from itertools import product

import numpy as np
import pytest
from SALib.sample import latin, morris, sobol

from sim.lab.estimates.attribution import attribute
from sim.lab.estimates.convergence import convergence
from sim.lab.estimates.robustness import robust
from sim.lab.estimates.sensitivity import sensitivity
from sim.lab.estimates.sensitivity_methods import problem_of
from sim.lab.figures.box_figure import box_scatter
from sim.lab.figures.robustness_figures import regret_boxes
from sim.lab.language.language import CHINESE_FAMILY, speaking
from sim.lab.reports.attribution_report import attribution_report
from sim.lab.reports.convergence_report import convergence_report
from sim.lab.reports.markdown import inline
from sim.lab.reports.robustness_report import robustness_report
from sim.lab.reports.sensitivity_report import sensitivity_report
from tests.lab.studies_fake import study_of

HAN = re.compile(r"[\u4e00-\u9fff]")
NAMES = ("behaviour.effort_cost", "behaviour.response.scale", "world.place.scale")
KNOWN = {
    "four_systems": {
        "output_per_post": lambda u: np.where((u[:, 0] > 0.6) & (u[:, 1] < 0.5), -0.3, 0.3),
        "cost_per_output": lambda u: u[:, 2] - 0.4,
        "morale": lambda u: u[:, 0] * u[:, 1] - 0.2,
    },
    "lottery": {
        "output_per_post": lambda u: 0.1 - 0.2 * u[:, 1],
        "cost_per_output": lambda u: 0.1 * u[:, 2],
        "morale": lambda u: -u[:, 0],
    },
}
PARTS = ("posts", "ranks", "appointment", "salaries", "appraisal", "adjustment", "floating_pay", "structure")


def made(kind):
    samples = {
        "sobol": (sobol.sample(problem_of(3), 16, seed=1), {"second_order": True}),
        "morris": (morris.sample(problem_of(3), 10, num_levels=4, seed=1), {"levels": 4}),
        "latin_hypercube": (latin.sample(problem_of(3), 120, seed=1), {}),
    }
    units, rest = samples[kind]
    return study_of(units, KNOWN, {"kind": kind, **rest}, names=NAMES, replications=5, noise=0.05)


def game():
    units = np.array(list(product([0.0, 1.0], repeat=8)))
    known = {
        "hybrid": {
            "morale": lambda u: u[:, 0] * u[:, 1] - 0.2 * u[:, 5],
            "output_per_post": lambda u: u[:, 2],
        }
    }
    return study_of(units, known, {"kind": "coalitions"}, names=PARTS, replications=5, noise=0.05)


FOUND = {
    "sobol": lambda: (sensitivity(made("sobol")), sensitivity_report),
    "morris": lambda: (sensitivity(made("morris")), sensitivity_report),
    "latin_hypercube": lambda: (sensitivity(made("latin_hypercube")), sensitivity_report),
    "coalitions": lambda: (attribute(game()), attribution_report),
    "robustness": lambda: (robust(made("latin_hypercube")), robustness_report),
    "convergence": lambda: (convergence(made("latin_hypercube")), convergence_report),
}
POINTS = {
    "sobol": 128,
    "morris": 40,
    "latin_hypercube": 120,
    "coalitions": 256,
    "robustness": 120,
    "convergence": 120,
}


@pytest.fixture(scope="module", params=FOUND)
def told(request):
    found, report = FOUND[request.param]()
    return request.param, found, report


def caption_of(figure):
    return " ".join(figure.get_supxlabel().split())


def test_every_figure_is_drawn_and_its_caption_says_what_it_rests_on(told):
    name, found, report = told
    drawn = report(found)
    shown = re.findall(r"!\[(.*)\]\(figures/(.+)\.png\)", drawn.markdown())
    assert [name for _, name in shown] == drawn.pictures() != []
    for told_below, picture in shown:
        caption = caption_of(drawn.figure(picture))
        assert inline(caption) == told_below
        assert f"{POINTS[name]} points, 5 replications each" in caption
        assert "assumed" in caption
        assert re.search("baseline civil service|Baseline: the point with no part", caption)


def test_figures_with_intervals_say_so(told):
    _, found, _ = told
    assert "95 % interval" in caption_of(found.figure())
    assert found.figure().axes


def test_paragraphs_say_points_replications_and_that_nothing_is_real(told):
    name, found, _ = told
    text = found.paragraph()
    assert not HAN.search(text)
    assert "5 replications" in text
    if name != "convergence":
        assert f"{POINTS[name]} points, 5 replications each" in text
        assert "assumed" in text
        assert re.search("real place", text)


def test_reports_in_chinese_are_chinese_throughout(told):
    _, found, _ = told
    english, chinese = found.report(), found.report("zh")
    assert not HAN.search(english)
    lines = [
        line
        for line in chinese.splitlines()
        if line and not line.startswith(("|", "!", "<")) and not re.fullmatch(r"## [a-z ]+", line)
    ]
    assert len(lines) > 2
    assert [line for line in lines if not HAN.search(line)] == []
    assert HAN.search(found.paragraph("zh"))


def test_figures_in_chinese_use_the_packaged_font(told):
    _, found, _ = told
    figure = found.figure("zh")
    assert HAN.search(figure.get_supxlabel())
    titles = [axes.title for axes in figure.axes if axes.get_title()] or [figure.axes[0].xaxis.label]
    assert all(title.get_fontname() == CHINESE_FAMILY for title in titles)


def test_factors_are_called_by_the_shortest_name_that_tells_them_apart():
    labels = {text.get_text() for text in sensitivity(made("sobol")).figure().axes[0].get_yticklabels()}
    assert labels == {"behaviour · effort cost", "response · scale", "place · scale"}


def test_bars_stand_in_the_order_of_influence_and_are_as_long_as_the_indices():
    found = sensitivity(made("latin_hypercube"))
    axes = found.figure().axes[0]
    first = found.ranked("four_systems", "output_per_post").iloc[0]
    assert axes.patches[0].get_width() == pytest.approx(first["value"])
    assert axes.get_yticklabels()[0].get_text() in ("behaviour · effort cost", "response · scale")


def test_headline_bars_fill_the_whole_and_carry_their_counts():
    found = robust(made("latin_hypercube"))
    axes = found.figure().axes[0]
    for place in range(len(found.headlines)):
        widths = [
            bar.get_width() for bar in axes.patches if round(bar.get_y() + bar.get_height() / 2) == place
        ]
        assert sum(widths) == pytest.approx(1.0)
    flips = found.table[(found.table["state"] == "holds") & (found.table["share"] > 0.1)]
    assert {str(count) for count in flips["count"]} <= {text.get_text() for text in axes.texts}


def test_shapley_bars_mark_the_total():
    found = attribute(game())
    axes = found.figure().axes[-1]
    total = found.of("morale")["total"]["value"]
    assert any(line.get_xdata()[0] == pytest.approx(total) for line in axes.lines)


def test_figures_without_anything_to_show_say_so():
    units = latin.sample(problem_of(2), 20, seed=1)
    nothing = {"new": {"reported_score": lambda u: np.zeros(len(u))}}
    study = study_of(units, nothing, {"kind": "latin_hypercube"})
    assert "no point differs" in sensitivity(study).figure().axes[0].texts[0].get_text()
    assert "no outcome differs" in sensitivity(study).paragraph()
    found = robust(study)
    assert found.headlines == ()
    assert "no outcome has" in regret_boxes(found).axes[0].texts[0].get_text()
    assert "no headline flips" in box_scatter(found).axes[0].texts[0].get_text()
    assert "no headline to hold" in found.paragraph()
    assert "No headline flips" in found.report()


def test_the_language_is_as_before_afterwards():
    found = robust(made("latin_hypercube"))
    before = found.paragraph()
    found.report("zh")
    with speaking("zh"):
        assert HAN.search(box_scatter(found).get_supxlabel())
    assert found.paragraph() == before


def _overlap(one, other):
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def test_names_in_the_plane_cover_neither_one_another_nor_a_bar():
    """Points crowded in a corner, where names once lay upon one another; measured as they are drawn."""
    from matplotlib.figure import Figure

    from sim.lab.figures.sensitivity_figures import _name_points

    figure = Figure(figsize=(10.0, 4.2), layout="constrained")
    panels = [figure.add_subplot(1, 3, place) for place in (1, 2, 3)]
    axes = panels[0]
    crowd = [(0.05 + 0.03 * (k % 3), 0.02 + 0.02 * (k // 3)) for k in range(6)]
    bars = [(x - 0.03, x + 0.03, y - 0.015, y + 0.015) for x, y in crowd]
    names = ["quits · base contract", "effort · cost", "stakes · dismissal", "effort · crowding out"]
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    _name_points(axes, [(name, x, y) for name, (x, y) in zip(names, crowd, strict=False)], list(bars))
    figure.draw_without_rendering()
    drawn = [text.get_window_extent() for text in axes.texts]
    panel = axes.get_window_extent()
    assert [text.get_text() for text in axes.texts] == names
    assert not any(_overlap(one, other) for k, one in enumerate(drawn) for other in drawn[:k])
    for box in drawn:
        assert box.y0 >= panel.y0 - 1
        assert box.x0 >= panel.x0 - 1
        assert box.x1 <= panel.x1 + 1
    at = axes.transAxes.transform
    for low, high, bottom, top in bars:
        (x0, y0), (x1, y1) = at((low, (bottom + top) / 2)), at((high, (bottom + top) / 2))
        assert not any(box.x0 < x1 and x0 < box.x1 and box.y0 < y0 < box.y1 for box in drawn), (x0, y0, y1)


def test_a_long_headline_stands_on_lines_that_fit_above_its_panel():
    from sim.lab.figures.box_figure import WIDEST_TITLE, titled

    label = "floating pay only: true output per person up"
    lines = titled(label).split("\n")
    assert " ".join(lines) == label
    assert len(lines) == 2
    assert max(map(len, lines)) <= WIDEST_TITLE
