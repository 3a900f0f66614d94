"""What `describe --mechanisms` prints: whether each mechanism is on in the whole reform, and what it moves there."""

from sim.core.errors import UserError
from sim.core.shipped import SCENARIOS
from sim.core.text import did_you_mean
from sim.lab.language.wording import never_moves, signed, span
from sim.scenario.describe import Row, rows
from sim.scenario.loader import load
from sim.scenario.mechanisms import MECHANISMS, REFORM, Effect, Mechanism, stored_effects
from sim.scenario.messages import show

SCENARIO = SCENARIOS / f"{REFORM}.yaml"


def mechanisms(only: str = "") -> str:
    """The 48 mechanisms: value and source in the whole reform, what each moves there, and how many are off.

    Raises:
        UserError: none mentions `only`.
    """
    effects = stored_effects()
    in_force = {row.path: row for row in rows(load(SCENARIO))}
    told = [_told(one, in_force.get(one.key), effects.get(one.number)) for one in MECHANISMS]
    chosen = [text for text in told if only.lower() in text.lower()]
    if not chosen:
        keys = {part for one in MECHANISMS for part in (one.key, *one.key.split("."), one.english)}
        raise UserError(f"no mechanism mentions {only}{did_you_mean(only, keys, few=True)}")
    return "\n".join([*chosen, "", _counted(effects)])


def _told(one: Mechanism, row: Row | None, effect: Effect | None) -> str:
    name = f"{one.number:2} {one.chinese}  {one.english}"
    value = f"{one.key} = {show(row.value)} ({_source(row)})" if row else f"{one.key} is not there"
    if one.absent:
        return f"{name}\n   off: the article gives no size; {one.absent}\n   {value}"
    if effect is None:
        return f"{name}\n   on: {value}\n   its effect was not reckoned yet: make mechanisms"
    without = ", ".join(f"{key} = {show(value)}" for key, value in one.without.items())
    idle = f"; {one.idle}" if one.idle else ""
    return f"{name}\n   on: {value}\n   moves {_moved(effect)}{idle}\n   against {without}"


def _moved(effect: Effect) -> str:
    """The effect with unit, interval and window."""
    window = f"quarters {effect.first} to {effect.last}"
    if never_moves(effect.difference, effect.low, effect.high):
        return f"{effect.outcome} by nothing at all ({window})"
    size = f"{effect.outcome} by {signed(effect.difference)} {effect.unit}"
    if effect.constant:
        return f"{size} ({window}): a constant, alike in every replication"
    return f"{size} ({span(effect.low, effect.high)}; {window})"


def _source(row: Row) -> str:
    return f"{row.source} {row.citation}".strip()


def _counted(effects: dict[int, Effect]) -> str:
    """How many are on, off, and come as a constant."""
    off = [str(one.number) for one in MECHANISMS if one.absent]
    constants = [str(number) for number, effect in effects.items() if effect.constant and effect.difference]
    replications = max((effect.replications for effect in effects.values()), default=0)
    return (
        f"# {REFORM} has {len(MECHANISMS) - len(off)} of {len(MECHANISMS)} mechanisms on; {len(off)} are off because "
        f"the article gives no size ({', '.join(off)}).\n"
        f"# {len(constants)} come as a constant ({', '.join(constants)}). Effects are those on the whole reform, of\n"
        f"# {replications} replications with 95 % intervals, stored by make mechanisms."
    )
