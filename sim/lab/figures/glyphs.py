"""Which font draws which character of a figure: the packaged one, one of the machine's, or, in words, none."""

from collections.abc import Iterable, KeysView
from functools import cache
from typing import TYPE_CHECKING, Any

from matplotlib import font_manager
from matplotlib.text import Text

from sim.lab.language.language import CHINESE_FAMILY, CHINESE_FONT, LATIN_FAMILY, tr

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NO_HELP = ("Last Resort", "cm", "STIX", CHINESE_FAMILY, LATIN_FAMILY)
"""How the names of families begin that draw boxes, formulas, or what was already tried."""
BOXES = "Last Resort High-Efficiency"
"""A font of matplotlib's that draws a box for any character."""
LONGEST_LIST = 10


def give_fonts(figure: "Figure", families: list[str]) -> list[str]:
    """Let every character be drawn that a font here has, and draw a box for every other.

    Args:
        figure: its texts are given families; those that `families` draw whole are left alone.
        families: what texts are drawn with otherwise, the best first.

    Returns:
        The characters that no font here has, each once.
    """
    texts: list[Any] = [one for one in figure.findobj(Text) if not one.get_text().isascii()]
    strange = _not_in(families, (sign for text in texts for sign in text.get_text()))
    if not strange:
        return []
    lent = {sign: family_with(sign) for sign in _not_in([CHINESE_FAMILY], strange)}
    more = dict.fromkeys([*families, CHINESE_FAMILY, *(family or BOXES for family in lent.values())])
    for text in texts:
        if not strange.isdisjoint(text.get_text()):
            text.set_fontfamily(list(more))
    return [sign for sign, family in lent.items() if family is None]


def about_missing(missing: list[str]) -> str:
    """The sentence about characters that no font has."""
    codes = [f"U+{ord(sign):04X}" for sign in missing[:LONGEST_LIST]]
    listed = ", ".join(codes) + (", ..." if len(missing) > LONGEST_LIST else "")
    return tr("No font of this machine has {characters}: a box stands for each.", characters=listed)


def _not_in(families: list[str], signs: Iterable[str]) -> KeysView[str]:
    """In the order of their appearance, each once."""
    known = [characters_of(_path_of(family)) for family in families]
    strange = (sign for sign in signs if sign.isprintable() and not any(ord(sign) in one for one in known))
    return dict.fromkeys(strange).keys()


def _path_of(family: str) -> str:
    register()
    return font_manager.findfont(family)


def register() -> None:
    """Let matplotlib know the packaged font."""
    if CHINESE_FAMILY not in font_manager.fontManager.get_font_names():
        font_manager.fontManager.addfont(str(CHINESE_FONT))


def draws_chinese(figure: "Figure") -> bool:
    """Whether a figure needs more than the font that comes with matplotlib."""
    texts: list[Any] = figure.findobj(Text)
    return any(CHINESE_FAMILY in text.get_fontfamily() for text in texts)


@cache
def characters_of(path: str) -> frozenset[int]:
    """The code points that a font file draws; none where it cannot be read."""
    try:
        return frozenset(font_manager.get_font(path).get_charmap())
    except (OSError, RuntimeError):
        return frozenset()


@cache
def family_with(sign: str) -> str | None:
    """The first family of this machine, by name, that draws a character; None where none does."""
    fonts = sorted({(one.name, one.fname) for one in font_manager.fontManager.ttflist})
    helpful = (one for one in fonts if not one[0].startswith(NO_HELP))
    return next((family for family, path in helpful if ord(sign) in characters_of(path)), None)
