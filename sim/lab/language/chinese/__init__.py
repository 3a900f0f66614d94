"""Chinese texts by their English ones; fields in {braces} stay. What is missing here is told in English.

The field's terms are those of the seed article: 蓄水池, 末位调整, 浮动薪酬, 员额, 编制, 能上能下, 能进能出, 办事体验不降.
"""

from sim.lab.language.chinese.reports import (
    ANSWERS,
    COUNTS,
    DECOMPOSITIONS,
    FIGURES,
    REPORTS,
    STORIES,
    SUMMARIES,
    TABLES,
)
from sim.lab.language.chinese.studies import ANALYSES, CALIBRATIONS, STUDIES
from sim.lab.language.chinese.terms import QUESTIONS, REGIMES, SCENARIOS
from sim.outcomes.outcomes import OUTCOMES
from sim.outcomes.units import UNITS

CHINESE = {
    **ANSWERS,
    **COUNTS,
    **SUMMARIES,
    **REPORTS,
    **TABLES,
    **FIGURES,
    **DECOMPOSITIONS,
    **CALIBRATIONS,
    **ANALYSES,
    **STORIES,
    **{text.english: text.chinese for one in OUTCOMES.values() for text in one.texts},
    **{text.english: text.chinese for unit in UNITS.values() for text in unit.texts},
    **REGIMES,
    **SCENARIOS,
    **QUESTIONS,
    **STUDIES,
}
