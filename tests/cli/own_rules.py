"""Files of rules with one fault each, and a small scenario that uses them."""

from pathlib import Path
from typing import NamedTuple

SHIPPED = Path(__file__).parents[2] / "scenarios"
TOP = """from typing import ClassVar, Literal
import numpy as np
from pydantic import field_validator
from sim.core.parameters import param
from sim.rules.one_by_one import PersonalAppraisal, PersonalBonus, PersonalPromotion, PersonalTrigger

class Mine({base}):
    {more}{kind}
    threshold: float = param(0.0, unit="morale", source="assumption", ge=-5, le=5, doc="A number.")
"""
"""Nine lines; the decision begins on the tenth and its body on the eleventh."""
FIELDS = (
    'in_a_row: int = param(1, unit="periods", source="seed", ge=1, le=4, doc="Running."); '
    'follows: Literal["reservoir"] = param("reservoir", unit="choice", source="seed", doc="What follows."); '
)
HEADS = {
    "trigger": ("PersonalTrigger", FIELDS, "mine", "def is_hit(self, employee):"),
    "quarterly": ("PersonalTrigger", f"quarterly = True; {FIELDS}", "mine", "def is_hit(self, employee):"),
    "taken": ("PersonalTrigger", FIELDS, "last_in_department", "def is_hit(self, employee):"),
    "columns": ("PersonalTrigger", FIELDS, "mine", "def hit(self, view):"),
    "risk": ("PersonalTrigger", FIELDS, "mine", "def risk(self, standing):"),
    "appraisal": ("PersonalAppraisal", "", "mine", "def grade_of(self, employee):"),
    "promotion": ("PersonalPromotion", "", "mine", "def priority_of(self, employee):"),
    "bonus": ("PersonalBonus", "", "mine", "def coefficient_of(self, employee):"),
    "arity": ("PersonalTrigger", FIELDS, "mine", "def is_hit(self):"),
}
SLOTS = {"appraisal": "appraisal", "promotion": "ranks", "bonus": "floating_pay"}
"""Where a head is used; the others are triggers."""


class Fault(NamedTuple):
    """A body that goes wrong, the line that is to blame, and what is said."""

    name: str
    head: str
    body: str
    said: str
    line: int = 10


FAULTS = [
    Fault("raises", "trigger", "return 1 / 0", "Mine.is_hit of person", 11),
    Fault("misspelt", "trigger", "return employee.moral < 0", "did you mean morale?", 11),
    Fault("no_answer", "trigger", "employee.morale < 0", "returned None, must return True or False"),
    Fault("wrong_type", "trigger", "return 'yes'", "returned 'yes', must return True or False"),
    Fault("frozen", "trigger", "self.threshold = 1.0; return True", "frozen", 11),
    Fault("arity", "arity", "return True", "takes 1 positional argument but 2 were given"),
    Fault("in_quarter", "quarterly", "return None", "returned None, must return True or False"),
    Fault(
        "shape",
        "columns",
        "return np.zeros(3, dtype=bool)",
        "an array of bool of shape (3,), must return an array",
    ),
    Fault(
        "dtype",
        "columns",
        "return np.zeros(view.staff.size)",
        "must return an array of True or False, one for each",
    ),
    Fault("risk", "risk", "return np.zeros(standing.pay.size)", "must return (an array of finite numbers"),
    Fault("grade", "appraisal", "return 7", "returned 7, must return a Grade from INCOMPETENT (0)"),
    Fault("grade_raises", "appraisal", "return {}['grade']", "Mine.grade_of of person", 11),
    Fault("priority", "promotion", "return float('nan')", "returned nan, must return a finite number"),
    Fault("priority_raises", "promotion", "return employee.rank.value", "AttributeError", 11),
    Fault("coefficient", "bonus", "return '1'", "returned '1', must return a finite number"),
    Fault("coefficient_raises", "bonus", "raise ValueError('no money')", "ValueError: no money", 11),
]


def own_rules(body: str, head: str, name: str, instead: str = "") -> str:
    """Write a file of one rule; `instead` takes the place of the decision. Returns its name."""
    base, more, kind, decision = HEADS[head]
    text = TOP.format(base=base, more=more, kind=f'kind: Literal["{kind}"] = "{kind}"')
    if head in ("columns", "risk"):
        decision = f"def is_hit(self, employee): return True\n    {decision}"
        text = text.replace("import numpy as np\nfrom pydantic", "import numpy as np; from pydantic")
    told = f"    {instead}\n" if instead else f"    {decision}\n        {body}\n"
    Path(f"{name}.py").write_text(text + told, encoding="utf-8")
    return f"{name}.py"


def small_scenario(head: str, **settings: float) -> str:
    """Write a small area whose regime has the rule; returns the file's name."""
    slot = SLOTS.get(head)
    given = "".join(f", {key}: {value}" for key, value in settings.items())
    where = (
        f"{slot}: {{kind: mine{given}}}"
        if slot
        else f"adjustment: {{triggers: {{mine: {{kind: mine{given}}}}}}}"
    )
    for file in ("civil_service", "four_systems"):
        shipped = (SHIPPED / f"{file}.yaml").read_text(encoding="utf-8")
        Path(f"{file}.yaml").write_text(shipped, encoding="utf-8")
    Path("mine.yaml").write_text(
        "extends: four_systems.yaml\nname: mine\nhorizon: {quarters: 12}\n"
        "structure: {area_level: {departments: 1}, new_cities: {departments: 5}, department_size: {mean: 8}}\n"
        f"timeline:\n  - quarter: 8\n    set: {{regime: {{{where}}}}}\n",
        encoding="utf-8",
    )
    return "mine.yaml"
