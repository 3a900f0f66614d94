"""Every column of the staff and post tables: name, type, default, unit, meaning.

ODD.md's table of state variables is generated from here.
"""

from typing import NamedTuple


class ColumnTerm(NamedTuple):
    """One state variable."""

    name: str
    dtype: str
    default: object
    unit: str
    meaning: str


STAFF: tuple[ColumnTerm, ...] = (
    ColumnTerm("replication", "i4", 0, "id", "the replication a person lives in"),
    ColumnTerm("person", "i8", 0, "id", "post first occupied × 10 000 + how many-th occupant"),
    ColumnTerm("stream", "u8", 0, "id", "key of the person's luck and tie-break"),
    ColumnTerm("employed", "?", True, "", "still here, on a post or in the reservoir"),
    ColumnTerm("leader", "?", False, "", "above middle level: exempt from the regime"),
    ColumnTerm("manager", "?", False, "", "holds, or last held, a middle manager's post"),
    ColumnTerm("contract", "?", False, "", "on a contract; otherwise established (编制)"),
    ColumnTerm("organisation", "i4", -1, "id", "new city or area level, counted over all replications"),
    ColumnTerm("department", "i4", -1, "id", "department, counted over all replications; -1 for none"),
    ColumnTerm("post", "i4", -1, "id", "post, counted over all replications; -1 for none"),
    ColumnTerm(
        "last_department", "i4", -1, "id", "department worked in last, this one included; -1 for leaders"
    ),
    ColumnTerm("regime", "i2", 0, "number", "place of the regime one is under among those in force"),
    ColumnTerm(
        "rank", "i1", 1, "rank", "staff, managers, leaders: as structure.ranks says, usually 1–3, 4–5, 6"
    ),
    ColumnTerm("group", "i1", -1, "id", "group of world.people.groups, alphabetically from 0; -1 for none"),
    ColumnTerm("role", "i1", 1, "rank", "rank whose tasks are one's work; it changes with the role only"),
    ColumnTerm("first_role", "i1", 1, "rank", "the role one was hired for"),
    ColumnTerm("age_quarters", "i2", 0, "quarters", "age"),
    ColumnTerm("service_quarters", "i2", 0, "quarters", "service in the administration"),
    ColumnTerm("quarters_in_department", "i2", 0, "quarters", "time in the department"),
    ColumnTerm("quarters_in_post", "i2", 0, "quarters", "time on the post"),
    ColumnTerm("quarters_in_rank", "i2", 0, "quarters", "time in the rank"),
    ColumnTerm("excellent_in_rank", "i2", 0, "years", "excellent grades since the last change of rank"),
    ColumnTerm("ability", "f8", 0.0, "ability SD", "latent ability, of the applicants' scale"),
    ColumnTerm("rater_error", "f8", 0.0, "ability SD", "persistent error of this person's rater"),
    ColumnTerm("belief", "f8", 0.0, "ability SD", "own belief of ability plus rater's error"),
    ColumnTerm("belief_variance", "f8", 1.0, "squared SD", "variance of that belief"),
    ColumnTerm("effort", "f8", 0.0, "ability SD", "measured effort above the baseline"),
    ColumnTerm("unmeasured_effort", "f8", 0.0, "ability SD", "unmeasured effort above the baseline"),
    ColumnTerm("reward", "f8", 0.0, "mean annual pay", "marginal reward of a score one SD better for a year"),
    ColumnTerm("withheld", "f8", 0.0, "ability SD", "measured effort held back, the target being safe"),
    ColumnTerm("gaming_luck", "f8", 1.0, "share", "can game if this is below the manipulable share"),
    ColumnTerm("gaming", "f8", 0.0, "ability SD", "hard indicators reported better than they are"),
    ColumnTerm("gaming_sum", "f8", 0.0, "ability SD", "gaming of the year so far in this department"),
    ColumnTerm("padding", "f8", 0.0, "ability SD", "added to the last annual score to meet the target"),
    ColumnTerm(
        "near_target", "i1", 0, "", "last report: 1 met the target by less than 0.1 SD, -1 missed it by less"
    ),
    ColumnTerm("target_prize", "f8", 0.0, "mean annual pay", "what meeting this year's target is worth"),
    ColumnTerm("caught", "?", False, "", "caught gaming at the last year's close"),
    ColumnTerm("helping", "f8", 0.0, "ability SD", "help given to colleagues; negative is sabotage"),
    ColumnTerm("helped", "f8", 0.0, "ability SD", "what colleagues' help or sabotage adds to one's work"),
    ColumnTerm(
        "project_choice", "i1", -1, "", "risky project of the quarter: 1 tried, 0 declined, -1 none met"
    ),
    ColumnTerm("project", "f8", 0.0, "ability SD", "what the project truly brought"),
    ColumnTerm("project_reported", "f8", 0.0, "ability SD", "what of it counts in the score"),
    ColumnTerm("rank_share", "f8", 0.5, "share", "place in the last annual ranking, 1 the best"),
    ColumnTerm("morale", "f8", 0.0, "morale", "0 at founding"),
    ColumnTerm("ramp_gap", "f8", 0.0, "share", "mastery missing in the first quarter on the post"),
    ColumnTerm("ramp", "f8", 1.0, "share", "mastery of the post"),
    ColumnTerm("worked_in", "i4", -1, "id", "department worked in this quarter; -1 for none"),
    ColumnTerm("contribution", "f8", 0.0, "ability SD", "true contribution of the quarter"),
    ColumnTerm("output", "f8", 0.0, "mean output", "true output of the quarter"),
    ColumnTerm("score", "f8", 0.0, "ability SD", "appraisal score of the quarter"),
    ColumnTerm("score_sum", "f8", 0.0, "ability SD", "scores of the year so far in this department"),
    ColumnTerm("quarters_scored", "i1", 0, "quarters", "quarters in that sum"),
    ColumnTerm("annual_score", "f8", 0.0, "ability SD", "last annual score"),
    ColumnTerm(
        "pooled_score",
        "f8",
        0.0,
        "ability SD",
        "annual scores without difficulty and rater, the newest half",
    ),
    ColumnTerm("grade", "i1", -1, "grade", "last grade: 3 excellent … 0 incompetent, -1 none"),
    ColumnTerm(
        "grade_place", "i1", -1, "grade", "its place in the list of grades in force, 0 the worst; -1 none"
    ),
    ColumnTerm("target", "f8", 0.0, "ability SD", "target for the annual score"),
    ColumnTerm("target_met", "i1", -1, "", "last year's target: 1 met, 0 missed, -1 none"),
    ColumnTerm(
        "contract_taste",
        "f8",
        0.0,
        "mean annual pay",
        "taste for a contract on being converted to one; 0 for whoever was not",
    ),
    ColumnTerm("contract_end", "i2", 0, "quarter", "the quarter whose close ends the contract"),
    ColumnTerm("scale", "f8", 1.0, "ratio", "what the salaries rule's pay is multiplied by"),
    ColumnTerm(
        "cut", "f8", 1.0, "ratio", "what is left of it where a contract premium stays within the wage bill"
    ),
    ColumnTerm("normal_pay", "f8", 0.0, "mean annual pay", "yearly pay if every coefficient were 1"),
    ColumnTerm("premium", "f8", 0.0, "share", "what a contract adds to normal pay, and is counted in it"),
    ColumnTerm("pay", "f8", 0.0, "mean annual pay", "pay of the quarter"),
    ColumnTerm("base_pay", "f8", 0.0, "mean annual pay", "fixed part of it"),
    ColumnTerm("quarterly_pay", "f8", 0.0, "mean annual pay", "quarterly performance part"),
    ColumnTerm("grade_pay", "f8", 0.0, "mean annual pay", "part by last year's grade"),
    ColumnTerm("annual_pay", "f8", 0.0, "mean annual pay", "part by last year's target"),
    ColumnTerm(
        "pay_reference",
        "f8",
        -1.0,
        "mean annual pay",
        "quarterly pay one is used to; -1 before the first pay",
    ),
    ColumnTerm(
        "roster_pay", "f8", -1.0, "money", "yearly pay in the roster, drawn if unknown; -1 for others"
    ),
    ColumnTerm("reservoir_since", "i2", -1, "quarter", "quarter of entry; -1 outside the reservoir"),
    ColumnTerm("returning", "i1", -1, "", "awaiting a post 0 at the own level, 1 one level lower; -1 not"),
    ColumnTerm(
        "probation_quarters", "i1", -1, "quarters", "quarters of probation scored; -1 when not on probation"
    ),
    ColumnTerm("probation_sum", "f8", 0.0, "ability SD", "sum of their scores"),
    ColumnTerm("flagged", "?", False, "", "flagged by any trigger this quarter"),
    ColumnTerm("removed", "?", False, "", "dismissed or not renewed this quarter"),
    ColumnTerm("displaced", "i2", -1, "quarter", "quarter the own department was dissolved; -1 for never"),
    ColumnTerm("hired_quarter", "i2", 0, "quarter", "quarter of hiring; 0 for founders"),
    ColumnTerm("left_quarter", "i2", -1, "quarter", "quarter of leaving; -1 while employed"),
)

POSTS: tuple[ColumnTerm, ...] = (
    ColumnTerm("replication", "i4", 0, "id", "the replication the post is in"),
    ColumnTerm("number", "i4", 0, "id", "number within the replication"),
    ColumnTerm("organisation", "i4", 0, "id", "new city or area level"),
    ColumnTerm("department", "i4", -1, "id", "department; -1 for leaders' posts and posts that fell away"),
    ColumnTerm("rank", "i1", 1, "rank", "rank fixed to the post"),
    ColumnTerm("manager", "?", False, "", "a middle manager's post"),
    ColumnTerm("leader", "?", False, "", "a leader's post"),
    ColumnTerm(
        "indicator", "?", False, "", "whoever holds it answers for the department's municipal indicator"
    ),
    ColumnTerm(
        "comfort", "f8", 0.0, "SD", "how much people would like to work here, for choices of posts by rank"
    ),
    ColumnTerm("occupants", "i4", 0, "people", "how many have held it first"),
    ColumnTerm("vacant_since", "i2", -1, "quarter", "quarter it fell vacant; -1 while held"),
)

DEPARTMENTS: tuple[ColumnTerm, ...] = (
    ColumnTerm("replication", "i4", 0, "id", "the replication"),
    ColumnTerm("number", "i4", 0, "id", "number within the replication"),
    ColumnTerm("organisation", "i4", 0, "id", "new city or area level"),
    ColumnTerm("kind", "i1", 0, "", "0 economic, 1 social, 2 administrative"),
    ColumnTerm("open", "?", True, "", "not dissolved"),
    ColumnTerm("regime", "i2", 0, "number", "place of the regime in force there among all in force"),
    ColumnTerm("scale", "f8", 1.0, "ratio", "pay scale of the people there"),
    ColumnTerm("cut", "f8", 1.0, "ratio", "what a contract premium leaves of it"),
    ColumnTerm("posts", "i4", 0, "posts", "size"),
    ColumnTerm("difficulty", "f8", 0.0, "ability SD", "how easily its tasks show results"),
    ColumnTerm("hard_share", "f8", 0.5, "share", "weight of hard indicators in its scores"),
    ColumnTerm("rater_bias", "f8", 0.0, "ability SD", "severity of its rater, in the rated part of scores"),
    ColumnTerm("interdependence", "f8", 0.0, "share", "how much of colleagues' help reaches one's work"),
    ColumnTerm("indicator", "f8", 0.0, "SD", "AR(1) part of its municipal indicator"),
    ColumnTerm("last_in_municipality", "?", False, "", "last among the municipal units this quarter"),
)

PARKS: tuple[ColumnTerm, ...] = (
    ColumnTerm("replication", "i4", 0, "id", "the replication"),
    ColumnTerm("number", "i4", 0, "id", "number within the replication"),
    ColumnTerm("organisation", "i4", 0, "id", "the new city it belongs to"),
    ColumnTerm("mode", "i1", 0, "", "0 joint, 1 office, 2 company, 3 outsourced"),
    ColumnTerm("difficulty", "f8", 0.0, "ability SD", "how easily its industry shows results"),
    ColumnTerm("operator_ability", "f8", 0.0, "ability SD", "ability of whoever operates it"),
    ColumnTerm("promise", "f8", 0.0, "ability SD", "what the operator promised"),
    ColumnTerm("result", "f8", 0.0, "ability SD", "result of the quarter"),
    ColumnTerm("result_sum", "f8", 0.0, "ability SD", "results of the year so far"),
    ColumnTerm("short_years", "i1", 0, "years", "years running short of the promise"),
    ColumnTerm(
        "pay", "f8", 0.0, "mean annual pay", "pay of the operator, or of the park's staff, in the quarter"
    ),
    ColumnTerm("department", "i4", -1, "row", "its operator department; -1 without staff"),
    ColumnTerm("head_post", "i4", -1, "row", "the post of its head; -1 without staff"),
)
