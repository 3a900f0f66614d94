"""Chinese names are drawn in figures and pages of either language, by fonts that are there."""

import base64
import importlib.util
import re
import warnings
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.text import Text

from sim.lab.estimates.digest import digest
from sim.lab.figures import figures, glyphs
from sim.lab.figures.overview import overview
from sim.lab.figures.saving import save_figure
from sim.lab.language.language import CHINESE_FONT, LATIN_FAMILY, speaking
from sim.lab.reports.comparison_report import report
from sim.lab.results.digest import Digest
from tests.lab.fake import fake

ROOT = Path(__file__).parents[3]
NOBODY_S = "\U00020000"
"""A character of the supplementary plane that neither the packaged font nor matplotlib's has."""


def compared(*names: str) -> Digest:
    return digest({name: fake(name, 0.1 * place) for place, name in enumerate(names)}, names[0])


@pytest.fixture
def _no_fonts_but_matplotlib_s(monkeypatch):
    """A machine without Chinese fonts."""
    shipped = Path(font_manager.findfont(LATIN_FAMILY)).parent
    own = [
        one
        for one in font_manager.fontManager.ttflist
        if Path(one.fname).parent in (shipped, CHINESE_FONT.parent)
    ]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    glyphs.family_with.cache_clear()
    yield
    glyphs.family_with.cache_clear()


def cut() -> object:
    """The script that makes the font."""
    spec = importlib.util.spec_from_file_location("font_subset", ROOT / "scripts" / "font_subset.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def test_the_font_has_all_of_gb_2312_and_the_names_of_xian_s_places():
    known = set(TTFont(CHINESE_FONT).getBestCmap())
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    standard = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)
    assert len(standard) == 6763
    assert [sign for sign in standard if ord(sign) not in known] == []
    places = (
        "鄠邑 沣西 沣东 浐灞 灞桥 阎良 高陵 周至 盩厔 蓝田 洩湖 辋川 厚畛子 潏河 滈河 砲里 泾河 骊山 栎阳"
    )
    assert [sign for sign in places if ord(sign) not in known] == []
    assert [sign for sign in cut().PLACES if not sign.isspace() and ord(sign) not in known] == []


@pytest.mark.usefixtures("_no_fonts_but_matplotlib_s")
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("draw", [overview, figures.flows, figures.time_paths])
def test_every_character_of_a_name_is_drawn(draw, lang, tmp_path):
    """matplotlib would warn of every character that it has no glyph for."""
    with speaking(lang), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw(compared("民政局_旧制", "鄠邑沣西_new"))
        save_figure(figure, tmp_path, "drawn")
    said = " ".join(text.get_text() for text in figure.findobj(Text))
    assert "鄠邑沣西 new" in said
    assert "U+" not in said
    drawn = (tmp_path / "drawn.svg").read_text(encoding="utf-8")
    assert "<text" not in drawn  # letters are lines: an SVG has no font of its own


def test_a_figure_without_chinese_keeps_its_font_and_its_letters(tmp_path):
    figure = overview(compared("old", "new"))
    save_figure(figure, tmp_path, "drawn")
    assert {text.get_fontfamily()[0] for text in figure.findobj(Text)} <= {"sans-serif", LATIN_FAMILY}
    assert "true output per post" in (tmp_path / "drawn.svg").read_text(encoding="utf-8")


@pytest.mark.usefixtures("_no_fonts_but_matplotlib_s")
@pytest.mark.parametrize(
    ("lang", "sentence"), [("en", "No font of this machine has U+20000"), ("zh", "本机没有任何字体包含")]
)
def test_a_character_that_no_font_has_is_told_of_once(lang, sentence, tmp_path):
    with speaking(lang), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = overview(compared("old", f"new_{NOBODY_S}"))
        save_figure(figure, tmp_path, "drawn")
    told = figure.get_supxlabel().replace("\n", " ")
    assert told.count(sentence) == 1
    assert told.count("U+20000") == 1
    assert "95" in told  # the caption is still there


def font_with(sign: str, path: Path) -> None:
    """A font of the machine with one character, an empty one."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "one"])
    builder.setupCharacterMap({ord(sign): "one"})
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({".notdef": empty, "one": empty})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "one": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "One Sign", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


@pytest.mark.usefixtures("_no_fonts_but_matplotlib_s")
def test_a_font_of_the_machine_lends_what_the_packaged_one_lacks(tmp_path):
    font_with(NOBODY_S, tmp_path / "one.ttf")
    font_manager.fontManager.addfont(str(tmp_path / "one.ttf"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = overview(compared("old", f"new_{NOBODY_S}"))
        save_figure(figure, tmp_path, "drawn")
    assert "U+20000" not in figure.get_supxlabel()
    assert any("One Sign" in text.get_fontfamily() for text in figure.findobj(Text))


def page_of(found: Digest, lang: str) -> str:
    with speaking(lang):
        told = report(found)
        return told.html(dict.fromkeys(told.pictures(), b""))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_carries_the_characters_it_shows(lang):
    page = page_of(compared("民政局_旧制", "鄠邑沣西_new"), lang)
    coded = re.findall(r"data:font/otf;base64,([\w+/=]+)", page)
    assert len(coded) == 1
    font = TTFont(BytesIO(base64.b64decode(coded[0])))
    assert set(map(ord, "民政局旧制鄠邑沣西")) <= set(font.getBestCmap())
    assert len(coded[0]) < 400_000
    assert "Four Fixes Sans SC" in page
    assert page == page_of(compared("民政局_旧制", "鄠邑沣西_new"), lang)


def test_a_page_without_chinese_carries_no_font():
    assert "data:font" not in page_of(compared("old", "new"), "en")
