"""How a report looks as a page."""

import base64
from functools import lru_cache
from io import BytesIO

from sim.lab.language.language import CHINESE_FAMILY, CHINESE_FONT, font_family

STYLE = """\
:root { --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --shade: #f6f8fa; }
body { margin: 0; color: var(--ink); background: #fff; font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.25rem; margin-top: 2.2rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; }
blockquote { margin: 1rem 0; padding: .3rem 1rem; color: var(--soft); border-left: 4px solid var(--line); }
code { font-size: .88em; background: var(--shade); padding: .1em .3em; border-radius: 4px; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; margin: .8rem 0; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid var(--ink); }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1.2rem 0; }
figure img { max-width: 100%; height: auto; }
figcaption { color: var(--soft); font-size: .88rem; }
summary { cursor: pointer; color: var(--soft); }
@media print { main { max-width: none; } details { display: block; } }
"""


ASIAN = "\u2e80"
"""The first of the characters that the fonts of an English machine may lack."""


def style(text: str) -> str:
    """The style sheet of a page with `text`, with a font for its Chinese, so that it needs none of the machine's."""
    chinese = font_family() == CHINESE_FAMILY
    signs = frozenset(sign for sign in set(text) if chinese or sign >= ASIAN)
    if not signs:
        return STYLE
    coded = base64.b64encode(font_of(signs)).decode("ascii")
    source = f"src: url(data:font/otf;base64,{coded}); font-display: block;"
    face = f"@font-face {{ font-family: '{CHINESE_FAMILY}'; {source} }}"
    families = f"'{CHINESE_FAMILY}', system-ui" if chinese else f"system-ui, '{CHINESE_FAMILY}'"
    return f"{face}\n{STYLE}body {{ font-family: {families}, sans-serif; }}\n"


@lru_cache(maxsize=8)
def font_of(signs: frozenset[str]) -> bytes:
    """The packaged font with some of its characters only; a whole one would make every page two megabytes long."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(CHINESE_FONT, lazy=True, recalcTimestamp=False)
    subsetter = Subsetter(
        Options(desubroutinize=True, layout_features=[], name_IDs=["*"], notdef_outline=True)
    )
    subsetter.populate(unicodes=map(ord, signs))
    subsetter.subset(font)
    cut = BytesIO()
    font.save(cut)
    return cut.getvalue()
