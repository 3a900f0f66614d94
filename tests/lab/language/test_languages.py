"""A language is one file: a made-up one is told throughout, in reports, figures, pages and warnings."""

import re
import subprocess
import sys

import pytest
from matplotlib.text import Text

from sim.core.errors import UserError
from sim.core.shipped import SCENARIOS
from sim.lab.estimates.attribution import attribute
from sim.lab.estimates.convergence import convergence
from sim.lab.estimates.digest import digest
from sim.lab.estimates.robustness import robust
from sim.lab.estimates.sensitivity import sensitivity
from sim.lab.figures.figures import (
    effects_by_outcome,
    flagged_by_ability,
    flows,
    pay_against_contribution,
    time_paths,
)
from sim.lab.figures.overview import overview
from sim.lab.language.language import languages, speaking, tr
from sim.lab.language.stored import retold
from sim.lab.language.wording import counted
from sim.lab.reports.comparison_report import report
from sim.lab.reports.definitions import outcome_list
from sim.lab.reports.study_report import study_report
from sim.outcomes import OUTCOMES
from sim.scenario.describe import assumptions
from sim.scenario.loader import load
from tests.lab.estimates.test_analysis_levers import study_of as grid_study
from tests.lab.fake import fake
from tests.lab.language.pseudo import accented, untranslated, write_pseudo
from tests.lab.reports.test_analysis_studies_told import game, made

QUESTION = "What does floating pay alone change, compared with the traditional civil service?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("catalogues")
    write_pseudo(folder)
    return folder


@pytest.fixture
def _xx(folder, monkeypatch):
    monkeypatch.setenv("SIM_CATALOGUES", str(folder))


def run(name, shift):
    """A run that is never run, with the texts of real ones."""
    run = fake(name, shift)
    run.manifest["question"] = QUESTION
    for outcome, term in run.manifest["outcomes"].items():
        term |= {"label": OUTCOMES[outcome].label, "meaning": OUTCOMES[outcome].meaning}
    run.manifest["assumptions"] = assumptions(load(SCENARIOS / f"{name}.yaml"))
    return run


@pytest.fixture(scope="module")
def compared():
    return digest(
        {"civil_service": run("civil_service", 0.0), "four_systems": run("four_systems", 0.1)},
        "civil_service",
    )


WARNINGS = """
a single replication gives no intervals
known: only part 1 of 3 of the points: `sim merge` puts the parts together
the window of quarters 3-10 begins before the last change of a timeline (after quarter 4) that falls into it is in \
force: its means mix regimes; simulate longer or choose another
four_systems and civil_service differ in world: world.towns.number (19 in the baseline, nothing here), \
world.demand.load (0.9 in the baseline, 1.0 here) and 3 more. The difference is not that of the regimes alone
roster people.csv: age_years unknown of 3 of 10 people: drawn as invented founders' ages are (world.people), or a \
hire's age and the service since
No headline: over quarters 3–10 (2020Q3–2022Q2) the rules of four_systems and civil_service are the same; they differ \
in quarters 1–2 only. What differs in the window was left behind by those quarters and is no effect of rules in force. \
--window 1:2 looks at quarters in which they differ.
""".strip().splitlines()
"""As results hold them."""
NAMES = (
    "airport known four_systems civil_service reform hybrid lottery overflow quarter abc assumed structure Structure "
    "behaviour effort cost response scale place world"
)
"""Names that users give, and of settings."""


@pytest.mark.usefixtures("_xx")
def test_a_comparison_is_told_throughout(compared):
    with speaking("xx"):
        told = report(compared, WARNINGS)
        text = told.markdown(".xx")
        page = told.html(dict.fromkeys(told.pictures(), b""))
    text = re.sub(r"^(\| `\S+` \|) \S+ \|", r"\1", text, flags=re.MULTILINE)  # values, as files have them
    assert untranslated(text, NAMES) == []
    assert accented("compared with") in text
    assert 'lang="xx"' in page


@pytest.mark.usefixtures("_xx")
@pytest.mark.parametrize(
    "draw", [overview, effects_by_outcome, flagged_by_ability, flows, pay_against_contribution, time_paths]
)
def test_figures_are_told_throughout(draw, compared):
    with speaking("xx"):
        texts = [text.get_text() for text in draw(compared).findobj(Text)]
    assert [text for text in texts if untranslated(text, NAMES)] == []


STUDIES = {
    "sobol": lambda: sensitivity(made("sobol")),
    "morris": lambda: sensitivity(made("morris")),
    "coalitions": lambda: attribute(game()),
    "robustness": lambda: robust(made("latin_hypercube")),
    "convergence": lambda: convergence(made("latin_hypercube")),
}


@pytest.mark.usefixtures("_xx")
@pytest.mark.parametrize("kind", STUDIES)
def test_a_study_is_told_throughout(kind):
    found = STUDIES[kind]()
    texts = [text.get_text() for text in found.figure("xx").findobj(Text)]
    texts += [*found.report("xx").splitlines(), found.paragraph("xx")]
    assert [text for text in texts if untranslated(text, NAMES)] == []


@pytest.mark.usefixtures("_xx")
def test_levers_are_told_throughout():
    study = grid_study("grid", "civil_service")
    study.manifest["warnings"] = WARNINGS
    with speaking("xx"):
        lines = study_report(study).markdown().splitlines()
    assert [line for line in lines if untranslated(line, NAMES)] == []


@pytest.mark.usefixtures("_xx")
def test_outcomes_and_units_are_told_throughout():
    with speaking("xx"):
        lines = outcome_list().splitlines()
        words = [counted(1, "point"), counted(2, "point")]
    assert words == [f"1 {accented('point')}", f"2 {accented('points')}"]
    names = re.compile(f"{accented('from')} .*?[;\\]]")
    told = [names.sub("", line.partition(": ")[2] or line) for line in lines]
    assert [line for line in told if untranslated(line)] == []


@pytest.mark.parametrize("warning", WARNINGS)
def test_a_stored_warning_is_told_in_chinese(warning):
    with speaking("zh"):
        told = retold(warning)
    assert re.search(r"[\u4e00-\u9fff]", told)
    assert retold(warning) == warning
    numbers = re.compile(r"\d+(?:\.\d+)?")
    assert sorted(numbers.findall(told)) == sorted(numbers.findall(warning))


def test_what_nobody_knows_is_told_as_it_stands():
    with speaking("zh"):
        assert retold("note of a user: three words") == "note of a user: three words"


def test_languages_are_the_catalogues_that_are_there(folder, monkeypatch):
    assert languages() == ("en", "zh")
    with pytest.raises(UserError, match="must be one of en, zh"), speaking("xx"):
        pass
    monkeypatch.setenv("SIM_CATALOGUES", str(folder))
    assert languages() == ("en", "zh", "xx")


def test_a_file_that_is_no_catalogue_is_refused(tmp_path, monkeypatch):
    (tmp_path / "yy.po").write_text('msgid "a\n', encoding="utf-8")
    monkeypatch.setenv("SIM_CATALOGUES", str(tmp_path))
    with pytest.raises(UserError, match=r"yy\.po: no catalogue of texts"), speaking("yy"):
        tr("quarter")


def test_a_translation_with_a_field_of_its_own_is_refused(tmp_path, monkeypatch):
    (tmp_path / "yy.po").write_text('msgid "{count} more"\nmsgstr "{number} plus"\n', encoding="utf-8")
    monkeypatch.setenv("SIM_CATALOGUES", str(tmp_path))
    with pytest.raises(UserError, match=r"\{number\} is no field of '\{count\} more'"), speaking("yy"):
        tr("{count} more", count=3)


@pytest.mark.parametrize(("code", "forms"), [("ja", 1), ("de", 2)])
def test_a_number_without_a_translation_is_told_as_in_english(code, forms, tmp_path, monkeypatch):
    plural = {1: "nplurals=1; plural=0;", 2: "nplurals=2; plural=(n != 1);"}[forms]
    facts = ("Content-Type: text/plain; charset=utf-8", f"Language: {code}", f"Plural-Forms: {plural}")
    head = 'msgid ""\nmsgstr ""\n' + "".join(f'"{fact}\\n"\n' for fact in facts)
    empty = "".join(f'msgstr[{form}] ""\n' for form in range(forms))
    text = f'{head}\nmsgctxt "count"\nmsgid "point"\nmsgid_plural "points"\n{empty}'
    (tmp_path / f"{code}.po").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SIM_CATALOGUES", str(tmp_path))
    with speaking(code):
        assert [counted(count, "point") for count in (1, 3)] == ["1 point", "3 points"]


def test_english_loads_no_catalogue():
    code = "from sim.lab.language.language import tr; import sys; tr('a'); print('babel' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout == "False\n"
