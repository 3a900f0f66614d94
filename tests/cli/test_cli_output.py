"""What is printed and written can be shown anywhere, and says nothing that a file made it say."""

import re
import subprocess
import sys
from pathlib import Path

import pandas
import pytest
from jinja2 import DictLoader

from sim.core.text import HIDDEN, visible
from sim.lab.reports.environment import environment
from sim.lab.reports.grid import Grid
from sim.lab.reports.markdown import inline, opened
from sim.lab.reports.template import Report
from sim.lab.results.as_text import write_csv

ROOT = Path(__file__).parents[2]

EVIL = (
    "# forged\n\n| a | b |\n|---|---|\n"
    "<script>alert(1)</script> [click](javascript:x) ![i](http://e.example/p.png) &amp;"
)


def sim(*arguments: str, encoding: str = "utf-8", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sim", *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONIOENCODING": encoding},
    )


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii", "utf-8"])
def test_what_does_not_fit_is_replaced(encoding):
    """The mechanisms hold Chinese, minus signs and more."""
    told = sim("describe", "--mechanisms", encoding=encoding)
    assert told.returncode == 0, told.stderr
    text = told.stdout.decode(encoding)
    assert "the reservoir" in text
    assert ("蓄水池" in text) == (encoding in ("gbk", "utf-8"))


def test_a_minus_becomes_a_hyphen():
    assert "a−b × 2 ≥ 1 … ü".encode("ascii", "fitting").decode() == "a-b x 2 >= 1 ... u"


def test_control_characters_of_a_file_reach_no_pipe(tmp_path):
    """A name may not hold them; a question, a note and an unknown key may, and are quoted in messages."""
    path = tmp_path / "odd.yaml"
    path.write_text(
        'extends: four_systems\nquestion: "\\e[31mred\\e[0m \\u202e"\n"\\e]0;own\\a": 1\n', encoding="utf-8"
    )
    for command in (["check", str(path)], ["describe", str(path)]):
        told = sim(*command)
        assert told.returncode == 2
        shown = (told.stdout + told.stderr).decode("utf-8")
        assert not HIDDEN.search(shown)
        assert "\\u001b" in shown


def test_visible_text_keeps_its_letters():
    assert visible("a\tb\nc 蓄水池 é") == "a\tb\nc 蓄水池 é"
    assert visible("\x1b[1m\u202e\ud800") == "\\u001b[1m\\u202e\\ud800"


EVERYWHERE = """\
# {{ text }}

## {{ text }}

{{ text }}

> {{ text }}

- {{ text }}

{{ table(grid) }}

{{ table(folded) }}

{{ picture("p", text) }}
"""


@pytest.fixture
def everywhere(monkeypatch):
    """Makes a report in which every kind of block says a text."""
    monkeypatch.setattr(environment(), "loader", DictLoader({"everywhere.md.j2": EVERYWHERE}))

    def report(text):
        facts = {"text": text, "grid": Grid([text], [[text]]), "folded": Grid(["a"], [["b"]], folded=text)}
        return Report("everywhere", facts, lambda _: None)

    return report


def test_no_text_forges_a_block(everywhere):
    """As many headings, tables and pictures as there are without it, and no HTML or link in either form."""
    plain, forged = everywhere("plain").markdown().splitlines(), everywhere(EVIL).markdown().splitlines()
    for mark in ("#", "|", ">", "- ", "!["):
        assert sum(one.startswith(mark) for one in plain) == sum(one.startswith(mark) for one in forged), mark
    text = "\n".join(forged)
    assert "<script" not in text
    assert "[click](" not in text
    assert re.findall(r"(?<!\\)\]\([^)]*", text)[1:] == []  # but for the picture's own


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("``<b>`", "\\`\\`&lt;b>\\`"),
        ("\\`<b>`", "\\\\`<b>`"),
        ("`code` and **strong**", "`code` and **strong**"),
        ("1. not a list", "1\\. not a list"),
        ("see www.evil.example", "see www\\.evil.example"),
        ("a\n\n# b", "a # b"),
        ("*one* _two_ a_b **three** ***four***", "\\*one\\* \\_two\\_ a_b **three** \\*\\*\\*four\\*\\*\\*"),
    ],
)
def test_only_marks_of_ours_are_marks(text, expected):
    assert opened(inline(text)) == expected


def test_bare_links_are_text():
    assert "http:" not in inline("http://evil.example https://e.example")


def test_a_spreadsheet_runs_nothing(tmp_path):
    path = tmp_path / "table.csv"
    frame = pandas.DataFrame(
        {"name": ["=1+1", "+x", "-x", "@x", "fine", None], "value": [-1.5, 2, 3, 4, 5, 6]}
    )
    write_csv(path, frame)
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == ['"\'=1+1"', '"\'+x"', '"\'-x"', '"\'@x"', '"fine"', ""]
    assert lines[0].endswith("-1.5")


STUDY = """\
name: s
scenarios: [{file}]
levers: {{regime.floating_pay.floating_share: [0.1, 0.2]}}
design: {{kind: grid}}
"""


def test_a_study_reads_no_file_outside_its_folder(tmp_path):
    """Unless it is allowed by name; what stands in the file is not told."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n", encoding="utf-8")
    (tmp_path / "sent").mkdir()
    study = tmp_path / "sent" / "study.yaml"
    study.write_text(STUDY.format(file="../secret.yaml"), encoding="utf-8")
    told = sim("check", str(study))
    assert told.returncode == 2
    said = (told.stdout + told.stderr).decode()
    assert f"{study}:2:13: scenarios: ../secret.yaml lies outside" in said
    assert "hunter2" not in said
    assert "password" not in said
    allowed = sim("check", str(study), "--allow", str(secret))
    assert b"password" in allowed.stdout + allowed.stderr


def test_targets_read_no_file_outside_their_folder(tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n", encoding="utf-8")
    (tmp_path / "sent").mkdir()
    targets = tmp_path / "sent" / "aims.yaml"
    targets.write_text("name: t\nscenario: ../secret.yaml\nfree: {}\ntargets: {}\n", encoding="utf-8")
    told = sim("calibrate", str(targets), "--trials", "1")
    assert told.returncode == 2
    assert b"lies outside" in told.stderr
    assert b"hunter2" not in told.stdout + told.stderr


def test_a_local_cluster_listens_here_only():
    """The scheduler, its page, and the workers and theirs."""
    pytest.importorskip("distributed")
    from sim.lab.jobs.executor import LOCAL, executor_of

    with executor_of(1, LOCAL) as cluster:
        info = cluster.client.scheduler_info()
        assert info["address"].startswith("tcp://127.0.0.1:")
        assert all(address.startswith("tcp://127.0.0.1:") for address in info["workers"])
        listening = subprocess.run(
            ["cat", "/proc/net/tcp"], capture_output=True, text=True, check=False
        ).stdout
        port = f"{info['services']['dashboard']:04X}"
        addresses = [row.split()[1] for row in listening.splitlines()[1:] if row.split()[3] == "0A"]
        assert all(one.startswith("0100007F") for one in addresses if one.endswith(port))
