"""Text in Markdown: `code` and **strong** are marks, anything else that a file holds is only text.

Names, questions and notes come from files. They can neither begin a heading, a table or a list, nor hold HTML or links:
the Markdown report shows what the page shows.
"""

import re

from sim.core.text import visible

CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
ACTIVE = re.compile(
    r"[\\`<&\[\]]|~~|@|(?<!\*)\*(?!\*)|\*{3,}|(?<!\w)_|_(?!\w)"
    r"|(?i:\b(?:https?|ftp|mailto|xmpp)(?=:)|\bwww(?=\.))"
)
"""What Markdown would read: emphasis, marks, HTML, entities, links with brackets and bare ones."""
OPENING = re.compile(r"^(?:[#>|=~*+:-]|\d{1,9}[.)])")
"""What begins a heading, a quotation, a table, a list, a rule or a fence at the beginning of a line."""
ENTITIES = {"<": "&lt;", "&": "&amp;"}


def inline(text: str) -> str:
    """One line of text with its marks, and nothing else that Markdown would read."""
    flat = " ".join(visible(text).split())
    parts, at = [], 0
    for mark in CODE.finditer(flat):
        parts += [_escaped(flat[at : mark.start()]), mark[0]]
        at = mark.end()
    return "".join([*parts, _escaped(flat[at:])])


def opened(line: str) -> str:
    """A line of Markdown that begins no block, whatever stands first in it."""
    opening = OPENING.match(line)
    if opening is None or line.startswith("**"):
        return line
    return f"{line[: opening.end() - 1]}\\{line[opening.end() - 1 :]}"


def _escaped(text: str) -> str:
    return ACTIVE.sub(_harmless, text)


def _harmless(active: re.Match[str]) -> str:
    sign = active[0]
    if sign.isalpha():
        return f"{sign}\\" if sign.lower() == "www" else f"{sign}&#8203;"
    return ENTITIES.get(sign) or "".join(f"\\{one}" for one in sign)
