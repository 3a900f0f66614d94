"""Baselines: where they may stand, and what goes wrong on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.core.errors import UserError
from sim.scenario.loader import load

Write = Callable[..., Path]


def refused(path: Path | str, **options: object) -> list[str]:
    with pytest.raises(UserError) as failure:
        load(path, **options)  # type: ignore[arg-type]
    return str(failure.value).splitlines()


def test_missing_baseline(write: Write) -> None:
    path = write("seed: 1\nextends: base.yaml\n")
    assert refused(path) == ["x.yaml:2:10: extends: base.yaml: there is no such scenario file"]


def test_missing_baseline_of_a_baseline_names_the_chain(write: Write) -> None:
    write("extends: lost.yaml\n", "middle.yaml")
    path = write("extends: middle.yaml\n")
    expected = "lost.yaml: there is no such scenario file (x.yaml -> middle.yaml -> lost.yaml)"
    assert refused(path) == [f"middle.yaml:1:10: extends: {expected}"]


def test_circle(write: Write) -> None:
    write("extends: x.yaml\n", "b.yaml")
    path = write("extends: b.yaml\n")
    expected = "the files extend one another in a circle: x.yaml -> b.yaml -> x.yaml"
    assert refused(path) == [f"b.yaml:1:10: extends: {expected}"]


def test_file_that_extends_itself(write: Write) -> None:
    path = write("extends: ./x.yaml\n")
    expected = "the files extend one another in a circle: x.yaml -> x.yaml"
    assert refused(path) == [f"x.yaml:1:10: extends: {expected}"]


def test_errors_of_a_baseline_carry_its_own_place(write: Write) -> None:
    write("seed: 1\nsead: 2\n", "base.yaml")
    path = write("extends: base.yaml\nreplications: 0\n")
    assert refused(path) == [
        "base.yaml:2:1: sead is not a setting; did you mean seed?",
        "x.yaml:2:15: replications = 0 is below the smallest allowed value 1 (replications)",
    ]


def test_baseline_that_is_not_yaml(write: Write) -> None:
    write("seed: [\n", "base.yaml")
    path = write("extends: base.yaml\nregime: {adjustment: {triggers: {gone: null}}}\n")
    [line] = refused(path)
    assert line.startswith("base.yaml:2:1: is not YAML: ")


def test_several_baselines_are_laid_on_one_another(write: Write) -> None:
    write("seed: 1\nreplications: 2\n", "base.yaml")
    write("extends: base.yaml\nseed: 2\nhorizon: {quarters: 8}\n", "left.yaml")
    write("extends: base.yaml\nseed: 3\n", "right.yaml")
    found = load(write("extends: [left.yaml, right.yaml]\nname: both\n"))
    assert (found.seed, found.horizon.quarters, found.replications) == (3, 8, 2)


def test_every_missing_baseline_is_told(write: Write) -> None:
    said = refused(write("extends: [one.yaml, two.yaml]\n"))
    assert [line.split(": ", 1)[1] for line in said] == [
        "extends: one.yaml: there is no such scenario file",
        "extends: two.yaml: there is no such scenario file",
    ]


@pytest.mark.parametrize("said", ["3", '""', "null"])
def test_extends_that_is_no_file_name(said: str, write: Write) -> None:
    [line] = refused(write(f"extends: {said}\n"))
    assert line.startswith("x.yaml:1:10: extends = ")
    assert line.endswith("is not the name of a file")


def test_baseline_outside_the_own_folder(write: Write) -> None:
    write("seed: 7\n", "base.yaml")
    path = write("extends: ../base.yaml\n", "own/mine.yaml")
    assert refused(path) == [
        (
            "own/mine.yaml:1:10: extends: ../base.yaml lies outside the scenario's own folder own;"
            " if that is meant, name it with --allow base.yaml"
        )
    ]
    assert load(path, allow=["base.yaml"]).seed == 7


def test_absolute_baseline(write: Write, tmp_path: Path) -> None:
    outside = write("seed: 7\n", "base.yaml").resolve()
    path = write(f"extends: {outside}\n", "own/mine.yaml")
    [line] = refused(path)
    assert "lies outside the scenario's own folder own" in line
    inside = write(f"extends: {write('seed: 8', 'own/base.yaml').resolve()}\n", "own/other.yaml")
    assert load(inside).seed == 8


def test_link_out_of_the_folder(write: Write) -> None:
    write("seed: 7\n", "base.yaml")
    path = write("extends: link.yaml\n", "own/mine.yaml")
    Path("own/link.yaml").symlink_to(Path("base.yaml").resolve())
    [line] = refused(path)
    assert "lies outside the scenario's own folder own" in line


def test_a_baseline_below_may_look_back_into_the_tree_but_not_out_of_it(write: Write) -> None:
    write("seed: 7\n", "tree/base.yaml")
    write("seed: 9\n", "base.yaml")
    write("extends: ../base.yaml\n", "tree/below/middle.yaml")
    assert load(write("extends: below/middle.yaml\n", "tree/mine.yaml")).seed == 7
    write("extends: ../../base.yaml\n", "tree/below/middle.yaml")
    assert "lies outside" in refused("tree/mine.yaml")[0]


def test_an_allowed_file_has_a_tree_of_its_own(write: Write) -> None:
    write("seed: 7\n", "shipped/base.yaml")
    write("extends: base.yaml\n", "shipped/policy.yaml")
    path = write("extends: ../shipped/policy.yaml\n", "own/mine.yaml")
    assert load(path, allow=["shipped/policy.yaml"]).seed == 7
    write("extends: ../shipped/base.yaml\n", "own/mine.yaml")
    assert "lies outside" in refused(path, allow=["shipped/policy.yaml"])[0]


def test_a_mapping_names_its_baseline_itself(write: Write) -> None:
    write("seed: 7\n", "deep/base.yaml")
    assert load({"extends": "deep/base.yaml", "replications": 3}).seed == 7


def test_name_and_question_are_not_inherited(write: Write) -> None:
    write("name: first\nquestion: Why?\n", "base.yaml")
    scenario = load(write("extends: base.yaml\n", "my policy.yaml"))
    assert (scenario.name, scenario.question) == ("my_policy", "")
