"""Every command with its arguments and options, in the order in which help lists them."""

from typing import Any

import typer

from sim.cli import app

COMMANDS = {
    "attribute": "FOLDER | --smallest | --lang | --quiet -q",
    "calibrate": (
        "TARGETS | --trials | --seed | --out | --resume | --workers | --again | --lang | --allow | "
        "--rules | --quiet -q"
    ),
    "decompose": (
        "BASELINE | SCENARIO | --outcome | --window | --set | --seed | --replications | --out | "
        "--workers | --again | --lang | --allow | --rules | --quiet -q"
    ),
    "doctor": "",
    "merge": "FOLDERS | --out | --again | --lang | --quiet -q",
    "query": "SQL | --tables | --in | --json | --csv | --out | --seconds | --gigabytes",
    "robust": "FOLDER | --headline | --smallest | --lang | --quiet -q",
    "scenarios": "",
    "sensitivity": "FOLDER | --outcome | --lang | --quiet -q",
    "evaluate": (
        "FILE | --set | --seed | --replications | --out | --workers | --plan | --resume | "
        "--dask | --shard | --on-error | --again | --lang | --allow | --rules | --quiet -q"
    ),
    "sweep": (
        "FILE | --vary | --set | --seed | --replications | --out | --workers | --plan | --resume | "
        "--dask | --shard | --on-error | --again | --lang | --allow | --rules | --quiet -q"
    ),
    "trace": (
        "SCENARIO | --person | --pick | --against | --replication | --set | --seed | --out | "
        "--again | --lang | --allow | --rules | --quiet -q"
    ),
    "validate": "CASES | --set | --replications | --quick | --json | --directions | --out",
    "run": (
        "SCENARIO | --window | --set | --seed | --replications | --out | --workers | --again | "
        "--lang | --allow | --rules | --report --no-report | --quiet -q"
    ),
    "compare": (
        "SCENARIOS | --baseline | --variant | --window | --set | --seed | --replications | --out | "
        "--workers | --again | --lang | --allow | --rules | --report --no-report | --quiet -q"
    ),
    "check": "SCENARIOS | --set | --allow | --rules",
    "describe": (
        "SCENARIO | --kinds | --mechanisms | --outcomes | --schema | --study-schema | --only | "
        "--lang | --set | --allow | --rules"
    ),
    "new": "NAME | --extends | --out | --rules",
    "open": "FOLDER | --lang | --report --no-report",
    "roster template": "--out | --departments",
    "roster key": "SCENARIO | --allow",
    "roster guess": "FILE | --out",
    "roster convert": "FILE | --map | --out",
}


def words_of(command: Any) -> str:
    """Its arguments in capitals and its options with all their names."""
    return " | ".join(
        " ".join([*one.opts, *one.secondary_opts]) if one.param_type_name == "option" else one.name.upper()
        for one in command.params
    )


def test_every_command_has_its_arguments_and_options() -> None:
    commands = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    roster = commands.pop("roster").commands
    commands |= {f"roster {name}": command for name, command in roster.items()}
    assert {name: words_of(command) for name, command in commands.items()} == COMMANDS
