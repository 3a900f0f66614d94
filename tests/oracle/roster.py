"""Quarter 0 from a roster, one post and one person at a time."""

import csv
import math

KINDS = ("economic", "social", "administrative")
GRADES = ("incompetent", "basically_competent", "competent", "excellent")


def lines(model):
    """The roster's lines in the order of the posts: departments by organisation, kind and name; leaders last."""
    places = [*model.world["new_cities"], "area_level"]
    text = [line for line in model.world["roster"].split("\n") if line.strip()]
    while text[0].startswith("#"):  # after the names of the columns such a line is somebody
        text.pop(0)
    found = list(csv.DictReader(text))
    for line in found:
        line["place"] = places.index(line["organisation"])
        line["leader"] = line["rank"] == "6"
        kind = -1 if line["leader"] else KINDS.index(line["department_kind"])
        line["own"] = (line["place"], kind, line["department"])
    return sorted(found, key=lambda line: (line["leader"], *line["own"], -int(line["rank"]), line["id"]))


def departments(model, make):
    """Departments and their sizes; `make` takes number, organisation and kind."""
    own = [line["own"] for line in lines(model) if not line["leader"]]
    cut = sorted(set(own))
    found = [make(number, place, kind) for number, (place, kind, _) in enumerate(cut)]
    return found, [own.count(department) for department in cut]


def posts(model, make):
    """All posts; those without a status are vacant."""
    found, cut = [], {}
    for number, line in enumerate(lines(model)):
        rank = int(line["rank"])
        department = None if line["leader"] else model.departments[cut.setdefault(line["own"], len(cut))]
        post = make(number, line["place"], department, rank, rank in (4, 5), line["leader"])
        if not line["status"]:
            post.occupants, post.vacant_since = 0, 0
        if department is not None:
            department.posts.append(post)
        found.append((post, line))
    for department in model.departments:
        own = [(post, line) for post, line in found if post.department is department]
        named = [post for post, line in own if line.get("indicator_holder") == "yes"]
        below = [post for post, _ in own if not post.manager]
        (named or below or department.posts)[0].indicator = True
    return [post for post, _ in found]


def lives(model, people):
    """Age, service, times, last grade and status of the founders; what the roster leaves open is drawn (ODD 6)."""
    from tests.oracle.founding import age_of

    of_post, Q, who = dict(enumerate(lines(model))), model.year, model.world["people"]
    age, service, in_rank, grade = (
        model.uniform(d, people) for d in ("age", "service", "time_in_rank", "grade_last")
    )
    first, last = who["youngest_founder"], min(who["oldest_founder"], who["retirement_age"])
    for p in people:
        line = of_post[p.post.number]

        def known(name, line=line):
            return math.floor(float(line[name]) * Q) if line[name] else None

        years, served, department, rank = (
            known(name) for name in ("age_years", "service_years", "years_in_department", "years_in_rank")
        )
        hired_at = math.floor(
            age_of(who, "hire_ages", service[p], who["youngest_hire"], who["oldest_hire"]) * Q
        )
        longest = max(department or 0, rank or 0)
        if years is None:
            drawn = math.floor(age_of(who, "founder_ages", age[p], first, last) * Q)
            drawn = max(drawn, longest + 16 * Q) if served is None else served + hired_at
            years = min(drawn, math.floor(who["retirement_age"] * Q) - 1)
        if served is None:
            served = min(max(years - hired_at, Q, longest), years - 16 * Q)
        department = min(served, 5 * Q) if department is None else department
        rank = min(math.floor(4 * Q * in_rank[p]), served) if rank is None else rank
        p.age_quarters, p.service_quarters = years, served
        p.quarters_in_department, p.quarters_in_rank = department, rank
        p.quarters_in_post = min(department, rank)
        p.grade = last_grade(line, served >= Q, grade[p], who["last_grades"])
        p.excellent_in_rank = int(p.grade == 3 and rank >= Q)
        p.contract = line["status"] == "contract"
    return people


def group(model, p):
    """The group that the roster names; "" where it names none."""
    return lines(model)[p.post.number].get("group", "")


def last_grade(line, may_have_one, luck, shares):
    """As the roster says; drawn if it says nothing of somebody who is no leader and has served a year."""
    said = line.get("grade_last")
    if said:
        return GRADES.index(said) if said in GRADES else -1
    if line["leader"] or not may_have_one:
        return -1
    return sum(luck >= sum(shares[: level + 1]) for level in range(3))


def pay(model, people):
    """As the roster says; else the normal pay times what somebody known gets for each unit of theirs (ODD 6)."""
    said = [line.get("annual_pay") for line in lines(model)]
    of = {p: float(said[p.post.number]) for p in people if said[p.post.number]}
    ratios = [of[p] / p.normal_pay for p in people if p in of] or [1.0]
    luck = model.uniform("roster_pay", people)
    for p in people:
        drawn = p.normal_pay * ratios[math.floor(luck[p] * len(ratios))]
        p.roster_pay = of.get(p, drawn)
