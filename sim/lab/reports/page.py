"""A report in Markdown as a page: the same text in HTML, with its figures and fonts inside."""

import base64
import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import cache, lru_cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from sim.lab.language.language import CHINESE_FAMILY, CHINESE_FONT, font_family, page_language
from sim.lab.reports.environment import environment

FOLD = re.compile(r"<details><summary>[^<>]*</summary>|</details>")
"""All the HTML that a report in Markdown may hold: what folds a table."""
ASIAN = "\u2e80"
"""The first of the characters that the fonts of an English machine may lack."""
UNLINKED = "\u200b"
"""What keeps an address from becoming a link in Markdown."""


def page(text: str, pictures: Mapping[str, bytes]) -> str:
    """The page of a report.

    Args:
        text: the report in Markdown.
        pictures: PNG images by the name of the figure.
    """
    tokens = reader().parse(text)
    heading = next(token for token in tokens if token.type == "inline")
    title = "".join(part.content for part in heading.children or ()).replace(UNLINKED, "")
    body = reader().renderer.render(tokens, reader().options, {"pictures": pictures}).replace(UNLINKED, "")
    return (
        environment()
        .get_template("page.html.j2")
        .render(lang=page_language(), title=title, body=Markup(body), **fonts(body))
    )


@cache
def reader() -> MarkdownIt:
    """Reads what reports are made of; HTML other than what folds a table stays text, and nothing is a link."""
    made = MarkdownIt("commonmark").enable("table").disable(["autolink", "html_inline", "link", "reference"])
    made.core.ruler.push("ours", _ours)
    rules: dict[str, Callable[..., str]] = {
        "html_block": _fold,
        "image": _image,
        "table_open": _table,
        "table_close": _table,
    }
    for name, rule in rules.items():
        made.add_render_rule(name, rule)
    return made


def _ours(state: StateCore) -> None:
    """Columns of numbers get a class; a picture and the emphasised line below become a figure and its caption."""
    for at, token in enumerate(state.tokens):
        if "right" in str(token.attrs.pop("style", "")):
            token.attrs["class"] = "number"
        if token.children and token.children[0].type == "image":
            _figure(*state.tokens[at - 1 : at + 5])


def _figure(
    opening: Token, image: Token, middle: Token, below: Token, caption: Token, closing: Token
) -> None:
    """Two paragraphs, each with what opens and closes it, become one figure."""
    opening.tag = closing.tag = "figure"
    middle.hidden = below.hidden = True
    image.children = [*(image.children or ()), Token("figcaption_open", "figcaption", 1)]
    emphasised = caption.children or []
    caption.children = [*emphasised[1:-1], Token("figcaption_close", "figcaption", -1)]


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    name = Path(str(tokens[at].attrs["src"])).stem
    coded = base64.b64encode(env["pictures"][name]).decode("ascii")
    spoken = escape(renderer.renderInlineAsText(tokens[at].children, options, env))
    return f'<img alt="{spoken}" src="data:image/png;base64,{coded}">'


def _fold(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    text = tokens[at].content
    return text if FOLD.fullmatch(text.strip()) else escape(text)


def _table(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return '<div class="table"><table>\n' if tokens[at].nesting > 0 else "</table></div>\n"


def fonts(text: str) -> dict[str, str]:
    """A font for the Chinese of a page, so that it needs none of the machine's; empty where it has none."""
    chinese = font_family() == CHINESE_FAMILY
    signs = frozenset(sign for sign in set(text) if chinese or sign >= ASIAN)
    if not signs:
        return {"font": ""}
    order = ("'{}', system-ui" if chinese else "system-ui, '{}'").format(CHINESE_FAMILY)
    font = base64.b64encode(font_of(signs)).decode("ascii")
    return {"font": font, "family": CHINESE_FAMILY, "families": Markup(order)}


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
