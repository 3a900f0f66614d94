"""Quarter 0 from a roster, one post and one person at a time."""

import csv
import math

KINDS = ("economic", "social", "administrative")
GRADES = ("incompetent", "basically_competent", "competent", "excellent")


def lines(model):
    """The roster's lines in the order of the posts: departments by organisation, kind and name; leaders last."""
    places = [*model.world["new_cities"], "area_level"]
    text = [line for line in model.world["roster"].splitlines() if line.strip() and not line.startswith("#")]
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
    """Age, service, times, last grade and status of the founders."""
    of_post = dict(enumerate(lines(model)))
    for p in people:
        line, Q = of_post[p.post.number], model.year
        p.age_quarters, p.service_quarters, p.quarters_in_department, p.quarters_in_rank = (
            math.floor(float(line[name]) * Q)
            for name in ("age_years", "service_years", "years_in_department", "years_in_rank")
        )
        p.quarters_in_post = min(p.quarters_in_department, p.quarters_in_rank)
        p.grade = GRADES.index(line["grade_last"]) if line.get("grade_last") else -1
        p.excellent_in_rank = int(p.grade == 3 and p.quarters_in_rank >= Q)
        p.contract = line["status"] == "contract"
    return people
