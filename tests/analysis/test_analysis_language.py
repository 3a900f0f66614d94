"""Everything a result says has a Chinese text, drawn by the packaged font; English is untouched by it."""

import ast
import re
from pathlib import Path

import matplotlib
import pytest
from fontTools.ttLib import TTFont

from sim.core.errors import UserError
from sim.lab.designs.study_file import DESIGNS, read_study
from sim.lab.estimates.digest import digest
from sim.lab.figures.overview import overview
from sim.lab.language.chinese import CHINESE
from sim.lab.language.language import CHINESE_FAMILY, CHINESE_FONT, language, speaking, tr
from sim.lab.language.wording import columns_of, counted, listed, wrapped
from sim.lab.questions.trace import CHOSEN, CHOSEN_PAID
from sim.lab.reports.document import Picture
from sim.lab.reports.report import report
from sim.outcomes import OUTCOMES
from sim.outcomes.units import UNITS
from sim.rules.base import REGISTRY
from sim.scenario.loader import load
from sim.scenario.messages import Problems
from tests.analysis.fake import fake
from tests.shipped import shipped

ROOT = Path(__file__).parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")


def literals() -> set[str]:
    """Every text that the analysis hands to `tr`, and every noun that it counts."""
    found = set()
    for path in (ROOT / "sim" / "analysis").rglob("*.py"):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        ]
        for node in calls:
            name = getattr(node.func, "id", "")
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if name == "tr" and texts:
                found.add(texts[0])
            elif name == "counted" and texts:
                found.add(texts[-1] if len(texts) > 1 else f"{texts[0]}s")
    return found


def shipped_words() -> list[str]:
    """Names and questions of the shipped scenarios and studies, and names of triggers and places."""
    found = []
    for path in shipped():
        scenario = load(path)
        found += [scenario.question, scenario.name, *scenario.world.new_cities]
        for quarter in (0, *(change + 1 for change in scenario.changes)):
            found += scenario.at(quarter).regime.adjustment.listed
    for path in shipped("scenarios/studies"):
        header = read_study(path, Problems()).header
        found += [header.question, header.name]
    invented = ("north_shore", "south_shore")  # the places of the example roster
    return [one if " " in one else one.replace("_", " ") for one in found if one not in invented]


def test_every_sentence_has_a_chinese_text():
    found = literals()
    assert len(found) > 200
    assert sorted(found - CHINESE.keys()) == []


def said_of_outcomes():
    """Labels, definitions and events of outcomes, names and definitions of units."""
    rows = [*OUTCOMES.values(), *UNITS.values()]
    return [text for one in rows for text in one.texts]


def test_every_outcome_has_a_chinese_name():
    assert {one.unit for one in OUTCOMES.values()} == set(UNITS)
    assert [one.english for one in said_of_outcomes() if not HAN.search(one.chinese)] == []


def test_what_is_said_of_outcomes_in_english_has_one_chinese_text():
    assert [one.english for one in said_of_outcomes() if CHINESE[one.english] != one.chinese] == []


def test_every_slot_and_kind_has_a_chinese_name():
    names = [
        name for slot, kinds in REGISTRY.items() for name in (slot, *kinds) if not name.startswith("test_")
    ]
    assert [name for name in names if name.replace("_", " ") not in CHINESE] == []


def test_every_shipped_scenario_has_a_chinese_name_and_question():
    assert sorted({text for text in shipped_words() if text not in CHINESE}) == []


def test_no_text_is_left_over():
    """What nothing says any more is not translated."""
    names = {name.replace("_", " ") for slot, kinds in REGISTRY.items() for name in (slot, *kinds)}
    terms = {text.english for text in said_of_outcomes()}
    others = {
        "seed",
        "law",
        "data",
        "literature",
        "assumption",
        "design",
        "area level",
        "lever",
        "uncertainty",
        "part",
        *(kind.replace("_", " ") for kind in DESIGNS),
    }
    said = literals() | names | terms | others | set(shipped_words()) | {*CHOSEN.values(), CHOSEN_PAID}
    assert sorted(CHINESE.keys() - said) == []


@pytest.mark.parametrize("text", CHINESE)
def test_a_translation_keeps_the_fields(text):
    fields = re.compile(r"\{(\w+)\}")
    assert sorted(fields.findall(CHINESE[text])) == sorted(fields.findall(text))
    if text not in (" by {size}", "{name} over {count}") and re.search(
        r"[A-Za-z]{2}", re.sub(r"\{\w+\}", "", text)
    ):
        assert HAN.search(CHINESE[text])


def test_the_font_draws_every_character():
    known = set(TTFont(CHINESE_FONT).getBestCmap())
    assert {sign for text in CHINESE.values() for sign in text if ord(sign) not in known} == set()
    assert {ord(sign) for sign in "−–—≤≥±×中国管理体制改革0123456789"} <= known
    assert CHINESE_FONT.stat().st_size < 1_500_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in CHINESE_FONT.with_name("OFL.txt").read_text(
        encoding="utf-8"
    )


def test_english_is_spoken_by_default_and_afterwards():
    assert tr("quarter") == "quarter"
    with speaking("zh"):
        assert tr("quarter") == "季度"
        assert tr("no such text {x}", x=3) == "no such text 3"
    assert language() == "en"
    with pytest.raises(UserError, match="must be one of en, zh"), speaking("fr"):
        pass


def test_words_in_chinese():
    with speaking("zh"):
        assert counted(20, "replication") == "20 次重复"
        assert listed(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert counted(1, "replication") == "1 replication"


def test_lines_are_broken_between_characters_and_never_before_a_comma():
    text = "一二三四五，六七 abc 八九"
    with speaking("zh"):
        lines = wrapped(text, 10)
    assert all(columns_of(line) <= 12 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.startswith("，") for line in lines)


@pytest.fixture
def small():
    runs = {"civil_service": fake("civil_service"), "four_systems": fake("four_systems", 0.1)}
    return digest(runs, "civil_service")


def test_a_report_in_chinese(small):
    english = report(small).markdown()
    with speaking("zh"):
        chinese = report(small).markdown(".zh")
    assert report(small).markdown() == english
    assert not HAN.search(english)
    assert chinese.startswith("# 四定四制与传统公务员制的比较")
    assert "figures/comparison.zh.png" in chinese
    told = [line for line in chinese.splitlines() if line and not line.startswith(("|", ">", "!", "<", "- "))]
    assert len(told) > 20
    assert [line for line in told if not HAN.search(line)] == []


def test_a_figure_in_chinese_uses_the_packaged_font_and_leaves_the_settings(small):
    before = dict(matplotlib.rcParams)
    with speaking("zh"):
        figure = overview(small)
    assert dict(matplotlib.rcParams) == before
    label = figure.axes[0].xaxis.label
    assert label.get_text() == "季度"
    assert label.get_fontname() == CHINESE_FAMILY
    assert overview(small).axes[0].xaxis.label.get_fontname() != CHINESE_FAMILY


def test_a_page_in_chinese_carries_its_font(small):
    pictures = {block.name: b"" for block in report(small).blocks if isinstance(block, Picture)}
    with speaking("zh"):
        page = report(small).html(pictures)
    assert 'lang="zh-CN"' in page
    assert "data:font/otf;base64," in page
    assert "font/otf" not in report(small).html(pictures)
