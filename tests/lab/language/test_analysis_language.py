"""Everything a result says has a Chinese text, drawn by the packaged font; English is untouched by it."""

import re

import matplotlib
import pytest
from fontTools.ttLib import TTFont

from scripts import catalogue
from sim.core.errors import UserError
from sim.lab.estimates.digest import digest
from sim.lab.figures.overview import overview
from sim.lab.language.catalogue import catalogue_files
from sim.lab.language.language import CHINESE_FAMILY, CHINESE_FONT, language, speaking, tr
from sim.lab.language.wording import columns_of, counted, listed, wrapped
from sim.lab.reports.comparison_report import report
from sim.outcomes import OUTCOMES
from sim.outcomes.units import UNITS
from tests.lab.fake import fake

HAN = re.compile(r"[\u4e00-\u9fff]")


def chinese() -> dict[tuple[str | None, str], list[str]]:
    """All translations, by context and English text."""
    texts = catalogue.read(catalogue_files()["zh"])
    return {
        (one.context, str(one.id)): [one.string] if isinstance(one.string, str) else list(one.string)
        for one in texts
        if one.id
    }


@pytest.mark.parametrize("path", catalogue_files().values(), ids=lambda path: path.name)
def test_a_catalogue_has_every_text_and_no_other(path):
    assert len(catalogue.texts()) > 700
    assert catalogue.faults(path) == []


def test_every_unit_is_one_of_the_table():
    assert {one.unit for one in OUTCOMES.values()} == set(UNITS)


def test_what_has_words_in_english_has_chinese_ones():
    free = ("DejaVu Sans", " by {size}", "{name} over {count}", "{first} {second}")
    words = re.compile(r"[A-Za-z]{2}")
    latin = [
        english
        for (_, english), told in chinese().items()
        if english not in free and words.search(re.sub(r"\{\w+\}", "", english)) and not HAN.search(told[0])
    ]
    assert latin == []


def test_the_font_draws_every_character():
    known = set(TTFont(CHINESE_FONT).getBestCmap())
    assert {
        sign for told in chinese().values() for text in told for sign in text if ord(sign) not in known
    } == set()
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


def test_a_broken_line_begins_with_no_blank():
    """Also in English with a Chinese word in it; the first line keeps its indentation."""
    lines = wrapped("  one two (办事体验不降) three four five", 10)
    assert [line.startswith(" ") for line in lines] == [True, *(False for _ in lines[1:])]
    assert "".join(lines).replace(" ", "") == "onetwo(办事体验不降)threefourfive"


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
    pictures = dict.fromkeys(report(small).pictures(), b"")
    with speaking("zh"):
        page = report(small).html(pictures)
    assert 'lang="zh-CN"' in page
    assert "data:font/otf;base64," in page
    assert "font/otf" not in report(small).html(pictures)
