"""Tables in text files: which encoding, which separator, and where in a line each value starts."""

import codecs
import re
from collections.abc import Collection
from functools import lru_cache
from itertools import islice

from sim.core.errors import UserError
from sim.scenario.node import Place
from sim.scenario.roster.table import SEARCHED, Table, named_in

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
ENCODINGS = ("utf-8", "utf-16", "gb18030", "windows-1252")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", ""),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_CHINESE_PAIRS = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])*")


def decoded(content: bytes, name: str, encoding: str = "detect") -> tuple[str, str]:
    """The text of a file, with line ends as LF, and its encoding in words.

    A byte order mark decides; else zero bytes mean UTF-16, text in UTF-8 is UTF-8, and text all of whose other
    characters are those of GB2312 is GB18030. What may be several things is refused.

    Raises:
        UserError: it cannot be told, or it is not what it is said to be.
    """
    codec, said = _codec(content, encoding)
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        where = f"line {content[: error.start].count(b'\n') + 1}, byte {error.start} is {content[error.start]:#04x}"
        what = "UTF-8" if encoding == "detect" else encoding.upper()
        raise UserError(f"{name} is not text in {what} ({where}); {_cure(name)}") from None
    if "\0" in text:
        raise UserError(f"{name} is not text: it holds zero bytes; {_cure(name)}")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), said


def _cure(name: str) -> str:
    return (
        f"say how it is written, as in {{file: {name}, encoding: gb18030}} ({', '.join(ENCODINGS)}), "
        "or save it as CSV UTF-8"
    )


def _codec(content: bytes, encoding: str) -> tuple[str, str]:
    marked = next((found for found in _MARKS if content.startswith(found[0])), None)
    if encoding != "detect":
        codec = "utf-16-le" if encoding == "utf-16" and marked is None else encoding
        return ("utf-8-sig" if encoding == "utf-8" else codec), f"{encoding.upper()} as told"
    if marked:
        return marked[1], f"{marked[2]} by its mark" if marked[2] else ""
    if _zeros(content, 1) or _zeros(content, 0):
        return ("utf-16-le" if _zeros(content, 1) else "utf-16-be"), "UTF-16 by its zero bytes"
    if _is(content, "utf-8"):
        return "utf-8", ""
    if _CHINESE_PAIRS.fullmatch(content) and _is(content, "gb2312"):
        return "gb18030", "GB18030 by its characters"
    return "utf-8", ""


def _zeros(content: bytes, first: int) -> bool:
    """Whether every ASCII character of the start has its zero byte at this parity, and none at the other."""
    start = content[:4000]
    return start[first::2].count(0) > len(start) // 8 and start[1 - first :: 2].count(0) == 0


def _is(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


@lru_cache
def _cell(mark: str) -> re.Pattern[str]:
    return re.compile(rf'(?:[^\S\t]*"((?:[^"]|"")*)"[^\S\t]*|([^{mark}"]*))({mark}|$)')


def cells(line: str, mark: str = ",") -> list[tuple[int, str]] | None:
    """The values of a line with the column (from 1) each starts at; None where a quotation mark is not closed."""
    found: list[tuple[int, str]] = []
    end, more = 0, True
    while more:
        match = _cell(mark).match(line, end)
        if match is None:
            return None
        quoted, bare, last = match.groups()
        value = quoted.replace('""', '"') if bare is None else bare
        start = match.start(1) if bare is None else match.start(2) + len(bare) - len(bare.lstrip()) + 1
        found.append((start, value))
        end, more = match.end(), last == mark
    return found


def values(line: str, mark: str) -> list[str] | None:
    """The values of a line, as written; None where a quotation mark is not closed."""
    if '"' not in line:
        return line.split(mark)
    found = cells(line, mark)
    return None if found is None else [value for _, value in found]


def text_table(text: str, source: str, separator: str, names: Collection[str], how: tuple[str, ...]) -> Table:
    """The rows of a text.

    Args:
        text: with LF at the ends of lines.
        source: the file it is from.
        separator: a name among `SEPARATORS`, or detect.
        names: of columns, in the form of `word`; the separator with which a line holds most of them is taken.
        how: what was found out about the file before.
    """
    lines = text.split("\n")
    mark = SEPARATORS.get(separator) or _separator(lines, names)
    rows = [
        (number, values(line, mark))
        for number, line in enumerate(lines, start=1)
        if line.strip(f" \t\u3000{mark}")
    ]

    def locate(row: int, column: int) -> Place:
        line = lines[row - 1] if 0 < row <= len(lines) else ""
        starts = cells(line, mark) or [(1, "")]
        return Place(source, row, starts[column][0] if column < len(starts) else 1)

    word = next(word for word, one in SEPARATORS.items() if one == mark)
    said = (*how, f"separated by {word}s") if mark != "," else how
    return Table(source, rows, locate, tuple(filter(None, said)), source.rpartition("/")[2], mark)


def _separator(lines: list[str], names: Collection[str]) -> str:
    """The separator with which a line holds most names; a comma where none does better."""
    looked_at = list(islice((line for line in lines if line.strip() and line[:1] not in "#"), SEARCHED))

    def columns(mark: str) -> int:
        return max((named_in(values(line, mark), names) for line in looked_at), default=0)

    return max(SEPARATORS.values(), key=columns)
