"""`sim scenarios`: what is shipped and can be named instead of a file."""

from collections.abc import Iterator

from sim.cli.ending import told
from sim.cli.saying import say
from sim.core.shipped import SCENARIO, SCENARIOS, STUDY, TARGETS, shipped_names

USES = {
    SCENARIO: "Scenarios: sim run NAME, sim compare NAME NAME, sim new MINE --extends NAME",
    STUDY: "Studies: sim sweep NAME",
    TARGETS: "Targets: sim calibrate NAME",
}


@told
def scenarios() -> None:
    """List the shipped scenarios with their questions.

    Studies and targets, too. Each can be named instead of a file, anywhere.
    """
    for line in listed():
        say(line)


def listed() -> Iterator[str]:
    """The lines of the list, by kind."""
    for kind, use in USES.items():
        names = shipped_names(kind)
        width = max(map(len, names), default=0)
        yield use
        for name in names:
            yield f"  {name:<{width}}  {_question(kind, name)}".rstrip()
        yield ""
    yield f"The files are in {SCENARIOS}"


def _question(kind: str, name: str) -> str:
    """What a file asks, as far as it says so."""
    from sim.scenario.messages import Problems
    from sim.scenario.node import plain
    from sim.scenario.yaml_source import parse, read_text

    path = SCENARIOS / kind / f"{name}.yaml"
    tree = parse(read_text(path), path.name, Problems())
    said = tree.child("question") if tree is not None else None
    return " ".join(str(plain(said)).split()) if said is not None else ""
