"""`--set key=value` and `--vary key=a,b,c`: settings written on the command line, in YAML's words."""

from typing import Any

from sim.core.errors import UserError
from sim.scenario.messages import Problems
from sim.scenario.node import Node, Place, plain
from sim.scenario.yaml_source import parse


def read_settings(written: list[str], option: str = "--set") -> dict[str, Node]:
    """What several `--set` say, or one variant, for `load(set=...)`.

    Args:
        written: `key=value`, one each.
        option: what the messages call it.

    Raises:
        UserError: a text without `=`, a key given twice, a value that is not YAML.
    """
    settings: dict[str, Node] = {}
    for text in written:
        key, value = _halves(text, option)
        if key in settings:
            raise UserError(f"{option} {key} is given twice")
        settings[key] = _read(value, f"{option} {text}")
    return settings


def read_variations(written: list[str]) -> dict[str, list[Any]]:
    """What several `--vary` say: for each key its values.

    Raises:
        UserError: as `read_settings`; or a key without values.
    """
    variations: dict[str, list[Any]] = {}
    for text in written:
        key, value = _halves(text, "--vary")
        if key in variations:
            raise UserError(f"--vary {key} is given twice")
        variations[key] = plain(_read(f"[{value}]", f"--vary {text}"))
        if not variations[key]:
            raise UserError(f"--vary {text}: there is no value; write --vary {key}=a,b,c")
    return variations


def read_variants(written: list[str]) -> dict[str, dict[str, Node]]:
    """What several `--variant "name: key=value; key=value"` say: for each name its settings.

    Raises:
        UserError: a line for every text without a name or a setting, and every name given twice.
    """
    variants: dict[str, dict[str, Node]] = {}
    errors: list[str] = []
    for text in written:
        try:
            name, settings = _read_variant(text)
            if name in variants:
                raise UserError(f"--variant {name} is given twice; give every variant a name of its own")
            variants[name] = settings
        except UserError as error:
            errors += str(error).splitlines()
    if errors:
        raise UserError("\n".join(errors))
    return variants


def _read_variant(text: str) -> tuple[str, dict[str, Node]]:
    name, colon, rest = text.partition(":")
    parts = [part.strip() for part in rest.split(";") if part.strip()]
    if not colon or not name.strip() or "=" in name or not parts:
        usage = '"cheap: regime.floating_pay.floating_share=0.2; behaviour.effort.cost=0.5"'
        raise UserError(f"--variant {text}: write a name and its settings, as in --variant {usage}")
    return name.strip(), read_settings(parts, f"--variant {name.strip()}:")


def setting(value: Any, option: str) -> Node:
    """A value given by an option of its own, such as `--seed`."""
    return Node(value, Place(option), Place(option))


def _halves(text: str, option: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise UserError(f"{option} {text}: write {option} key=value, as in {option} regime.posts.kind=fixed")
    return key.strip(), value


def _read(value: str, option: str) -> Node:
    """A YAML value; a text that only YAML's punctuation makes unreadable is a text."""
    problems = Problems()
    node = parse(value, option, problems)
    if problems and value[:1] not in "[{\"'":
        return setting(value, option)
    if problems:
        raise UserError(f"{option}: the value is not YAML; quote it for the shell and close every bracket")
    return _placed(node, Place(option)) if node else setting(None, option)


def _placed(node: Node, place: Place) -> Node:
    """The same tree, every value of it placed at the option."""
    content: Any = node.value
    if isinstance(content, dict):
        content = {name: _placed(child, place) for name, child in content.items()}
    elif isinstance(content, list):
        content = [_placed(child, place) for child in content]
    return Node(content, place, place, node.source, node.note)
