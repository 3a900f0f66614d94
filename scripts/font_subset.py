"""Cut the packaged Chinese font out of a full Noto Sans CJK (SIL Open Font License 1.1; see sim/analysis/fonts).

    python scripts/font_subset.py NotoSansCJK-Regular.ttc

Keeps the 3,755 most frequent characters (level 1 of GB 2312), what the catalogue of Chinese texts uses besides, Latin
letters, figures and signs. The family is renamed, so that it is never taken for the full font.
"""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

from sim.analysis.chinese import CHINESE
from sim.analysis.language import CHINESE_FAMILY, CHINESE_FONT

FAMILY_OF_SIMPLIFIED_CHINESE = "Noto Sans CJK SC"
SIGNS = (
    "–—−‘’“”…·×÷±≥≤≈→←↑↓°µ€" + "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0xA0, 0x100)))
)
GREEK = "".join(map(chr, range(0x391, 0x3CA)))
FULL_WIDTH = "，。、；：？！（）《》「」【】％"


def frequent() -> str:
    """The characters of level 1 of GB 2312: rows 16 to 55."""
    pairs = (bytes((row + 0xA0, cell + 0xA0)) for row in range(16, 56) for cell in range(1, 95))
    return "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)


def face(path: str) -> TTFont:
    """The simplified Chinese face of a collection."""
    return next(
        font
        for font in TTCollection(path).fonts
        if font["name"].getDebugName(1) == FAMILY_OF_SIMPLIFIED_CHINESE
    )


def rename(font: TTFont) -> None:
    """Give the font its own name; keep copyright and licence."""
    names = {
        1: CHINESE_FAMILY,
        3: f"{CHINESE_FAMILY} subset",
        4: CHINESE_FAMILY,
        6: CHINESE_FAMILY.replace(" ", ""),
    }
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    font["name"].names = [
        record for record in font["name"].names if record.nameID in (0, 1, 2, 3, 4, 5, 6, 13, 14)
    ]
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [CHINESE_FAMILY.replace(" ", "")]
        top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = CHINESE_FAMILY


def main() -> None:
    """Write the subset."""
    font = face(sys.argv[1])
    options = Options(
        desubroutinize=False, hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(text=frequent() + "".join(CHINESE.values()) + SIGNS + GREEK + FULL_WIDTH)
    subsetter.subset(font)
    rename(font)
    font.save(CHINESE_FONT)
    print(
        f"{CHINESE_FONT.name}: {CHINESE_FONT.stat().st_size / 1e6:.2f} MB, {len(font.getGlyphOrder())} glyphs"
    )


if __name__ == "__main__":
    main()
