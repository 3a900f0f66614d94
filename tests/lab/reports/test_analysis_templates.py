"""Templates of reports: text from files stays text, names that are not there are errors, the page is the same text."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from jinja2 import ChoiceLoader, DictLoader, UndefinedError
from matplotlib.figure import Figure

from sim.lab.estimates.digest import digest
from sim.lab.language.language import speaking
from sim.lab.reports.comparison_report import report
from sim.lab.reports.environment import environment, filled, table
from sim.lab.reports.grid import Grid
from sim.lab.reports.page import page
from sim.lab.reports.template import Report
from sim.lab.reports.terminal import columns, lines
from sim.lab.results.digest import Digest
from tests.lab.fake import fake

EVIL = (
    "# forged\n\n| a | b |\n|---|---|\n- x\n</summary><script>alert(1)</script> [click](javascript:x) "
    "![i](http://e.example/p.png) &amp; **strong** `code` www.e.example"
)


@pytest.fixture
def templates(monkeypatch):
    """Puts templates, given as text by name, beside those of the package."""

    def put(**texts: str) -> None:
        mine = DictLoader({f"{name}.md.j2": text for name, text in texts.items()})
        monkeypatch.setattr(environment(), "loader", ChoiceLoader([mine, environment().loader]))

    return put


@pytest.fixture
def written(templates):
    """Fills a template that is given as text."""

    def fill(text: str, **values: object) -> str:
        templates(test=text)
        return filled("test", values)

    return fill


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("{{ a }}", {"a": "# forged"}, "\\# forged\n"),
        ("- {{ a }}", {"a": "1. forged"}, "- 1\\. forged\n"),
        ("> {{ a }}", {"a": "> forged"}, "> \\> forged\n"),
        ("{{ a }} {{ b }}", {"a": "", "b": "- forged"}, "\\- forged\n"),
        ("{{ a }}{{ b }}", {"a": "1", "b": ". forged"}, "1\\. forged\n"),
        ("one\n{{ a }}", {"a": "|---|"}, "one\n\\|---|\n"),
        ("## {{ a }}", {"a": "x\n# y"}, "## x # y\n"),
        ("**{{ a }}**", {"a": "<b>"}, "**&lt;b>**\n"),
        ("size {{ a }}", {"a": "+0.1"}, "size +0.1\n"),
        ("{{ a }}", {"a": "\x02# forged"}, "\\\\u0002# forged\n"),
        ("{% macro m(b) %}\n{{ b }}\n{% endmacro %}\n{{ m(a) }}", {"a": "# [x](y)"}, "\\# \\[x\\](y)\n"),
    ],
)
def test_a_value_is_text_wherever_it_stands(written, template, values, text):
    assert written(template, **values) == text


def test_blocks_stand_one_blank_line_apart(written):
    assert written("a\n\n\n{% if b %}\nb\n{% endif %}\n\n{{ c }}  \n", b=False, c="c") == "a\n\nc\n"


def test_a_name_that_is_not_there_is_an_error(written):
    with pytest.raises(UndefinedError, match="'missing' is undefined"):
        written("{{ missing }}")


def test_a_report_is_told_in_the_language_in_which_it_was_made(templates):
    templates(small='# {{ tr("Effects") }}\n\n{{ picture("p", text) }}')
    with speaking("zh"):
        small = Report("small", {"text": "t"}, lambda name: Figure())
    assert small.markdown(".zh") == "# 效应\n\n![t](figures/p.zh.png)\n\n*t*\n"
    assert '<html lang="zh-CN">' in small.html({"p": b""})
    assert small.pictures() == ["p"]


def test_a_page_holds_no_html_but_what_folds_a_table():
    text = (
        "# t\n\n<script>alert(1)</script>\n\n<details><summary>more</summary>\n\n</details>\n\n"
        '<details><summary>a<img src="x"></summary>\n\nx <b>y</b> [click](javascript:x) <http://e.example>\n'
    )
    found = page(text, {})
    assert set(re.findall(r"<(\w+)", found.split("<main>")[1])) == {"h1", "details", "summary", "p"}
    assert "&lt;script&gt;" in found
    assert 'href="' not in found


def test_a_page_says_what_the_text_says():
    grid = Grid(["name", "value"], [["`a|b` & <c>", "1"], ["**d**", "2"]], folded="All [of] it")
    found = page(f"# A & `b`\n\n{table(grid)}\n\n![x *y*](figures/p.png)\n\n*x y*\n", {"p": b"png"})
    assert "<title>A &amp; b</title>" in found
    assert "<details><summary>All &#91;of&#93; it</summary>" in found
    assert '<td><code>a|b</code> &amp; &lt;c&gt;</td>\n<td class="number">1</td>' in found
    assert '<th>name</th>\n<th class="number">value</th>' in found
    assert (
        '<figure><img alt="x y" src="data:image/png;base64,cG5n"><figcaption>x y</figcaption></figure>'
        in found
    )


def forged(text: str) -> Digest:
    """A comparison in which the scenarios' questions, units and labels say `text`."""
    compared = digest(
        {name: fake(name, shift) for name, shift in (("old", 0), ("new", 0.2), ("more", 0.1))}, "old"
    )
    manifests = {}
    for name, one in compared.manifests.items():
        outcomes = {
            key: {**facts, "label": text, "unit": text, "meaning": text}
            for key, facts in one["outcomes"].items()
        }
        assumptions = [{**row, "doc": text, "unit": text} for row in one["assumptions"]]
        manifests[name] = {**one, "question": text, "outcomes": outcomes, "assumptions": assumptions}
    return replace(compared, manifests=manifests)


def test_a_blank_line_stands_before_every_heading_and_table():
    """Not every reader of Markdown takes them for what they are without one."""
    lines_of_report = report(forged("plain"), ["plain"]).markdown().splitlines()
    for before, line in pairwise(lines_of_report):
        if line.startswith(("#", "|", "- ", ">")) and before and not before.startswith(line[0]):
            pytest.fail(f"{line} stands directly below {before}")


def test_files_forge_nothing_in_a_report():
    """As many blocks of each kind as with plain text, in Markdown and on the page; no HTML, no link."""
    plain, evil = (report(forged(text), [text]) for text in ("plain", EVIL))
    for mark in ("#", "|", ">", "- ", "![", "<"):
        counts = [sum(line.startswith(mark) for line in one.markdown().splitlines()) for one in (plain, evil)]
        assert counts[0] == counts[1] > 0, mark
    pages = [one.html(dict.fromkeys(one.pictures(), b"")) for one in (plain, evil)]
    tags = [re.findall(r"</?(?!code|strong)\w+", one.split("</head>")[1]) for one in pages]
    assert tags[0] == tags[1]
    assert 'href="' not in pages[1]


def test_a_table_in_a_terminal_is_aligned_by_what_characters_take():
    """Words to the left, numbers to the right; a Chinese character takes two columns."""
    grid = Grid(["结果", "mean"], [["a", "1"], ["long word", "−12.5"]])
    assert columns(grid).splitlines() == ["  结果        mean", "  a              1", "  long word  −12.5"]


def test_sentences_in_a_terminal_have_no_marks_and_no_long_lines():
    text = lines("**strong** `code` " * 20, "    ").splitlines()
    assert max(map(len, text)) <= 100
    assert "".join(text).split() == ["strong", "code"] * 20
    assert [line.startswith("    ") for line in text] == [False, *[True] * (len(text) - 1)]


@pytest.mark.parametrize("baseline", [None, "civil"])
def test_chinese_sentences_stand_without_a_blank_and_intervals_in_full_width_brackets(baseline):
    runs = {"full": fake("full", 0.1)} | ({"civil": fake("civil")} if baseline else {})
    with speaking("zh"):
        text = report(digest(runs, baseline)).markdown()
    prose = "\n".join(line for line in text.splitlines() if not line.startswith("|"))
    assert "。" in prose
    assert re.findall(r".{9}。 +\S.{9}", prose) == []
    assert re.findall(r".{9} \([−\d].{9}", prose) == []
