"""The report of a comparison or of a single run: the answer first, then what it rests on."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.lab.estimates.digest import digest_of
from sim.lab.estimates.in_force import differing_quarters, stretches, window_told
from sim.lab.estimates.places import effects_by_place, names_places, reached
from sim.lab.language.changed import in_title, shown
from sim.lab.language.language import joined, tr
from sim.lab.language.wording import label_of, listed, plain, unit_of, window_name
from sim.lab.reports.answer import (
    answer,
    baseline_sentence,
    first_paragraph,
    focus,
    last_regime,
    parts_changed,
    question_of,
)
from sim.lab.reports.definitions import definitions
from sim.lab.reports.grid import Grid, Rows
from sim.lab.reports.grids import (
    assumption_grid,
    effect_grid,
    flow_grid,
    level_grid,
    meaning_grid,
    origin_lines,
    pair_grid,
    sources_line,
)
from sim.lab.reports.group_grids import group_grid
from sim.lab.reports.place_grid import place_grid
from sim.lab.reports.template import Facts, Report
from sim.lab.reports.triggers import triggers_told
from sim.lab.results.digest import Digest
from sim.outcomes.outcomes import shown_in
from sim.settings.terms import AREA_LEVEL

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

    from sim.lab.results.comparison import Comparison
    from sim.lab.results.tables import Tables


def run_report(run: "Tables") -> Report:
    """The report of a run."""
    return report(digest_of(run), run.warnings)


def comparison_report(compared: "Comparison") -> Report:
    """The report of a comparison."""
    return report(compared.digest, compared.warnings, _places(compared))


def _places(compared: "Comparison") -> "pandas.DataFrame | None":
    """Effects by place of the regime that leads; None where its timeline names no places."""
    digest, leading = compared.digest, focus(compared.digest)
    outcomes = shown_in("overview", dict.fromkeys(digest.levels["outcome"]))
    if not outcomes or not names_places(compared.tables[leading].manifest["scenario"]):
        return None
    return effects_by_place(compared.tables, compared.baseline, leading, outcomes, digest.window)


def report(digest: Digest, warnings: Sequence[str] = (), places: "pandas.DataFrame | None" = None) -> Report:
    """The report of a digest.

    Args:
        digest: of a comparison, or of a single run.
        warnings: shown before anything that they concern.
        places: effects by place, see `effects_by_place`; None where they are all alike.
    """
    figure = partial(_figure, digest, places)
    if digest.baseline is None:
        levels = level_grid(digest)
        return Report("run", {**_shared(digest, levels, warnings), "levels": levels}, figure)
    by_place = {"places": None if places is None else place_grid(digest, places)}
    return Report("comparison", _compared(digest, warnings) | by_place, figure)


def _shared(digest: Digest, main: Grid, warnings: Sequence[str]) -> Facts:
    """What the reports of a run and of a comparison share; `main` is the table whose units are told."""
    leading = focus(digest)
    resolved = (one["scenario"] for one in (digest.first, *digest.manifests.values()))
    return {
        "leading": _regime(digest, leading, first_paragraph(digest, leading)),
        "baseline": digest.baseline,
        "changed": in_title(digest.manifests),
        "warnings": warnings,
        "replications": digest.replications,
        "window": window_told(digest.window, *resolved),
        "partly": _partly(digest),
        "units": definitions(main),
        "meanings": meaning_grid(digest),
        "flows": flow_grid(digest),
        "groups": group_grid(digest, leading),
        "assumed": assumption_grid(digest),
        "sources": sources_line(digest),
        "origin": origin_lines(digest),
    }


def _compared(digest: Digest, warnings: Sequence[str]) -> Facts:
    """What the report of a comparison says besides; `pairs` where more than one is compared with the baseline."""
    leading = focus(digest)
    others = [name for name in digest.scenarios if name not in (digest.baseline, leading)]
    effects = effect_grid(digest, leading)
    several = bool(others) and not digest.pairs.empty
    return {
        **_shared(digest, effects, warnings),
        "regimes": _regimes(digest),
        "reforms": [tr("quarter {quarter}", quarter=quarter) for quarter in digest.reforms],
        "why_baseline": baseline_sentence(digest),
        "quarters": window_name(digest.first, digest.window),
        "others": [_regime(digest, name, joined(answer(digest, name))) for name in others],
        "effects": effects,
        "other_effects": [
            effect_grid(digest, name, folded=tr("All effects of {name}", name=plain(name))) for name in others
        ],
        "delivered": _delivered(digest) if several else None,
        "pairs": pair_grid(digest) if several else None,
    }


def _regime(digest: Digest, scenario: str, said: str) -> Facts:
    """A scenario with its question ("" if it has none) and the answer."""
    return {"name": scenario, "question": question_of(digest, scenario), "answer": said}


def _delivered(digest: Digest) -> Facts:
    """Label and unit of the outcome in which regimes are compared with each other."""
    outcome = str(digest.pairs["outcome"].iloc[0])
    term = digest.outcomes.get(outcome, {})
    return {"label": label_of(term, outcome), "unit": unit_of(term)}


def _regimes(digest: Digest) -> Rows:
    """Which of the eight parts each regime changes, and its question."""
    rows = []
    for name in digest.scenarios:
        regime, base = last_regime(digest, name), last_regime(digest, str(digest.baseline))
        kinds = [_part(slot, regime[slot], base[slot]) for slot in parts_changed(digest, name)]
        changed = tr("the baseline") if name == digest.baseline else listed(kinds) if kinds else tr("nothing")
        rows.append([plain(name), changed + _only_in(digest, name), question_of(digest, name)])
    return rows


def _only_in(digest: Digest, name: str) -> str:
    """The places that the regime reaches, where its timeline names some; else nothing."""
    resolved = digest.manifests[name]["scenario"]
    if not names_places(resolved):
        return ""
    places = [*resolved["world"]["new_cities"], AREA_LEVEL]
    some = [plain(place) for place in places if reached(resolved, place, digest.window[1]) != "no"]
    return tr(" (in some places only: {places})", places=listed(some)) if some else ""


def _part(slot: str, rule: Mapping[str, Any], base: Mapping[str, Any]) -> str:
    """`floating pay: three part`; where the kind is the baseline's, what differs, triggers in words."""
    own = [name for name in rule if rule[name] != base.get(name)]
    if rule.get("kind") != base.get("kind") or not own:
        return f"{plain(slot)}: {plain(str(rule.get('kind')))}"
    return f"{plain(slot)}: {', '.join(told for name in own for told in _setting(name, rule, base))}"


def _setting(name: str, rule: Mapping[str, Any], base: Mapping[str, Any]) -> list[str]:
    if name == "triggers":
        return triggers_told(rule[name], base.get(name, {}))
    return [f"`{name} {shown(base.get(name))} → {shown(rule[name])}`"]


def _partly(digest: Digest) -> list[Facts]:
    """The regimes that differ from the baseline in some quarters of the window only, and in which."""
    first, last = digest.window
    base = digest.first["scenario"]
    quarters = {
        name: differing_quarters(manifest["scenario"], base, first, last)
        for name, manifest in digest.manifests.items()
    }
    return [
        {"name": name, "quarters": stretches(differing)}
        for name, differing in quarters.items()
        if differing and len(differing) < last - first + 1
    ]


def _figure(digest: Digest, places: "pandas.DataFrame | None", name: str) -> "Figure":
    """A figure of `sim.lab.figures` by the name it has in the template; matplotlib is loaded only now."""
    from sim.lab.figures import figures
    from sim.lab.figures.overview import overview

    if name == "places" and places is not None:
        from sim.lab.figures.place_figure import effects_by_place_figure

        return effects_by_place_figure(digest, places[places["reached"] != ""])
    drawn = {"comparison": overview, "effects": figures.effects_by_outcome}
    return (drawn.get(name) or getattr(figures, name))(digest)
