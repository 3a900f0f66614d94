"""The report: an answer first, nothing claimed that the intervals do not carry, and every assumption named."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sim.lab.estimates.digest import digest
from sim.lab.figures import figures
from sim.lab.figures.saving import save_figure
from sim.lab.language.language import speaking, tr
from sim.lab.reports.answer import answer, effect_of, focus
from sim.lab.reports.comparison_report import report
from sim.lab.reports.environment import table
from sim.lab.reports.grids import effect_grid, level_grid, sign_of
from sim.lab.reports.template import Report
from sim.lab.reports.triggers import triggers_told
from sim.lab.results.digest import Digest
from sim.outcomes.units import UNITS
from tests.lab.fake import fake


@pytest.fixture(scope="module")
def compared() -> Digest:
    return digest({"old": fake("old"), "new": fake("new", 0.2)}, "old")


@pytest.fixture(scope="module")
def document(compared: Digest) -> Report:
    return report(compared, ["worlds differ"])


def first_paragraph(text: str) -> str:
    return next(part for part in text.split("\n\n")[1:] if not part.startswith(">"))


def test_the_question_is_answered_at_once(document: Report) -> None:
    text = document.markdown()
    assert text.split("\n\n")[1] == "> What does new do?"
    found = first_paragraph(text)
    for part in (
        "raises true output per post by",
        "compared with `old`",
        "95 % interval",
        "12 paired replications",
    ):
        assert part in found
    assert len(answer_sentences(found)) == 3


def answer_sentences(paragraph: str) -> list[str]:
    """Sentences: decimal points and abbreviations do not end one."""
    return [part for part in re.split(r"\.(?=\s+[A-Z]|$)", paragraph) if part.strip()]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_units_are_defined_where_the_numbers_stand(compared: Digest, lang: str) -> None:
    """Below the table of effects and of levels, and in a terminal, every unit used is defined; others are not."""
    one = digest({"old": fake("old")})
    with speaking(lang):
        for found, grid in ((compared, effect_grid(compared, "new")), (one, level_grid(one))):
            used = {row[1] for row in grid.rows}
            wanted = [f"{tr(name)}" for name in UNITS if tr(name) in used]
            blocks = report(found).markdown().split("\n\n")
            below = blocks[blocks.index(str(table(grid))) + 1].splitlines()
            assert [text.split("**")[1] for text in below] == wanted
            assert len(wanted) == 6
        told = "".join(fake("old").summary(lang).split())
        meant = tr(UNITS["mean output"].meaning)
        assert "".join(meant.split()) in told


def test_a_label_of_version_0_1_is_told_as_it_is_called_now(compared: Digest) -> None:
    facts = dict(compared.outcomes["output_per_post"], label="true output a post")
    manifests = {
        name: {**one, "outcomes": {**one["outcomes"], "output_per_post": facts}}
        for name, one in compared.manifests.items()
    }
    stored = replace(compared, manifests=manifests)
    assert report(stored).markdown() == report(compared).markdown()


def test_a_gap_that_never_moves_is_not_called_uncertain(compared: Digest) -> None:
    effects = compared.effects.copy()
    effects.loc[effects["outcome"] == "reporting_gap", ["difference", "low", "high"]] = 0.0
    assert (
        "so the gap between report and truth does not change (by 0"
        in answer(replace(compared, effects=effects), "new")[1]
    )


def test_cost_in_people_belongs_to_the_answer(compared: Digest) -> None:
    told = answer(compared, "new")[2]
    assert "exits of any kind +8.00 per 100 people a year" in told
    assert "morale 0 morale points (no change in any replication)" in told


def test_no_sign_is_claimed_where_the_interval_includes_zero(compared: Digest) -> None:
    effects = compared.effects.copy()
    row = effects["outcome"] == "output_per_post"
    effects.loc[row, ["difference", "low", "high"]] = [0.01, -0.02, 0.04]
    told = answer(replace(compared, effects=effects), "new")[0]
    assert (
        "the sign of the effect of `new` on true output per post, compared with `old`, is uncertain" in told
    )
    assert "raises" not in told


@pytest.mark.parametrize(
    ("row", "sign", "sure"),
    [
        ((0.0, 0.0, 0.0), "unchanged", "no change in any replication"),
        ((0.1, -0.1, 0.3), "uncertain", "−0.100 to +0.300: the interval includes 0"),
        ((0.1, 0.05, 0.3), "up", "+0.050 to +0.300"),
        ((-0.1, -0.3, -0.05), "down", "−0.300 to −0.050"),
        ((0.1, float("nan"), float("nan")), "unknown", "no interval"),
    ],
)
def test_an_effect_in_words_says_no_more_than_its_interval(
    compared: Digest, row: tuple[float, float, float], sign: str, sure: str
) -> None:
    effects = compared.effects.copy()
    effects.loc[effects["outcome"] == "exits", ["difference", "low", "high"]] = row
    effect = effect_of(replace(compared, effects=effects), "exits", "new")
    assert effect is not None
    assert (effect.sign, effect.sure, effect.label) == (sign, sure, "exits of any kind")
    assert effect_of(compared, "nothing", "new") is None


@pytest.mark.parametrize(
    ("row", "good", "sign"),
    [
        ((0.0, 0.0, 0.0), 1, "unchanged"),
        ((0.1, -0.1, 0.3), 1, "uncertain"),
        ((0.1, 0.05, 0.3), 1, "better"),
        ((0.1, 0.05, 0.3), -1, "worse"),
        ((-0.1, -0.3, -0.05), 0, "down"),
        ((0.1, float("nan"), float("nan")), 1, "uncertain"),
    ],
)
def test_signs(row: tuple[float, float, float], good: int, sign: str) -> None:
    assert sign_of(dict(zip(("difference", "low", "high"), row, strict=True)), good) == sign


def test_assumptions_are_counted_and_listed_with_where_they_hold(document: Report) -> None:
    text = document.markdown()
    assert "**3 assumed values**" in text
    assert "| `behaviour.effort.cost` | 0.4 | share | assumption | all | assumed. |" in text
    assert "| `regime.only_in_new` | 1 | share | assumption | new | assumed. |" in text


def test_limits_and_warnings_are_stated(document: Report) -> None:
    text = document.markdown()
    assert "Nothing here is a finding about the real new area" in text
    assert "**worlds differ**" in text
    assert text.index("worlds differ") < text.index("## Effects")


def test_page_needs_no_other_file(document: Report, tmp_path: Path) -> None:
    pictures = document.draw(tmp_path)
    page = document.html(pictures)
    assert page.count("data:image/png;base64,") == 6
    assert not re.search(r'(src|href)="(?!data:)', page)
    assert "http" not in page
    drawn = {path.name for path in tmp_path.iterdir()}
    assert {"comparison.png", "comparison.svg", "flows.png", "time_paths.svg"} <= drawn


def test_both_forms_say_the_same(document: Report) -> None:
    pictures = dict.fromkeys(document.pictures(), b"")
    page = document.html(pictures)
    for heading in re.findall(r"^## (.+)$", document.markdown(), re.MULTILINE):
        assert f"<h2>{heading}</h2>" in page
    assert page.count("<tr>") == len(re.findall(r"^\|(?! ?-)", document.markdown(), re.MULTILINE))


def test_figures_are_the_same_bytes_every_time(compared: Digest, tmp_path: Path) -> None:
    images = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        images.append(save_figure(figures.flagged_by_ability(compared), tmp_path / name, "figure"))
    assert images[0] == images[1]
    assert (tmp_path / "one" / "figure.svg").read_bytes() == (tmp_path / "two" / "figure.svg").read_bytes()


def test_text_from_a_scenario_cannot_become_markup(compared: Digest) -> None:
    manifests = {
        name: dict(one, question="<script>alert(1)</script>") for name, one in compared.manifests.items()
    }
    document = report(replace(compared, manifests=manifests))
    page = document.html(dict.fromkeys(document.pictures(), b""))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_single_run_answers_nothing_and_says_so() -> None:
    text = fake("old").report()
    assert "A single run has no baseline" in first_paragraph(text)
    assert "## Levels" in text
    assert "difference |" not in text


def test_the_regime_that_changes_most_leads() -> None:
    runs = {"old": fake("old"), "some": fake("some", 0.1), "all": fake("all", 0.1)}
    runs["some"].manifest["scenario"]["timeline"][0]["set"]["regime"].pop("posts")
    assert focus(digest(runs, "old")) == "all"


def test_a_lottery_does_not_lead_before_what_it_controls() -> None:
    runs = {name: fake(name, 0.1 if name != "old" else 0.0) for name in ("old", "placebo", "full")}
    for name, selection in (("placebo", "lottery"), ("full", "rule")):
        change = runs[name].manifest["scenario"]["timeline"][0]["set"]["regime"]
        runs[name].manifest["scenario"]["timeline"][0]["set"]["regime"] = change | {
            "adjustment": {"selection": selection}
        }
    assert focus(digest(runs, "old")) == "full"


def test_one_replication_is_told_to_have_no_interval() -> None:
    single = digest({"old": fake("old", replications=1), "new": fake("new", 0.2, replications=1)}, "old")
    told = answer(single, "new")[0]
    assert "is uncertain (no interval)" in told
    assert "includes 0" not in told
    assert "raises" not in told


def test_summary_is_plain_text() -> None:
    text = fake("old").summary()
    assert "old: 12 replications, seed 1" in text
    assert "*" not in text
    assert "rests on 2 assumed values" in text


def test_missing_outcomes_break_nothing() -> None:
    runs = {"old": fake("old"), "new": fake("new", 0.2)}
    text = report(digest(runs, "old", outcomes=["ability_leavers"])).markdown()
    assert "ability of leavers" in first_paragraph(text)


def test_reports_are_written_without_the_model() -> None:
    """Results can be analysed by whoever cannot run anything."""
    code = (
        "import sys; import sim.lab.reports.comparison_report, sim.lab.figures.overview, sim.lab.reports.summary\n"
        "heavy = ('mesa', 'sim.model', 'sim.rules')\n"
        "found = [name for name in sys.modules if name.startswith(heavy)]\n"
        "assert not found, found"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_triggers_are_told_in_words():
    grade = {"kind": "incompetent_grade", "in_a_row": 2, "follows": "exit", "consecutive": True}
    last = {"kind": "last_in_department", "in_a_row": 1, "follows": "reservoir", "smallest_department": 2}
    back = {"kind": "bottom_managers", "in_a_row": 2, "follows": "demotion", "share": 0.1}
    assert triggers_told({"a": grade, "b": back}, {"a": grade, "c": last}) == [
        "flags for bottom managers, 10 % (2 times in a row, then demotion)",
        "no longer for last in department (the first time, then the reservoir)",
    ]
    wider = {**last, "smallest_department": 4}
    assert triggers_told({"c": wider}, {"c": last}) == [
        "flags for last in department (the first time, then the reservoir) `smallest_department 2 → 4`"
    ]
    assert "累计 2 次" in spoken({"a": {**grade, "consecutive": False}})
    assert "3 期内 2 次" in spoken({"a": {**grade, "within": 3}})
    assert triggers_told({"a": grade}, {"a": grade}) == []


def spoken(triggers):
    with speaking("zh"):
        return " ".join(triggers_told(triggers, {}))
