"""Every message that a wrong study, targets file, mapping or change of settings got before it was read in one way."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.fuzz.messages import without_kinds
from tests.scenario.wrong_files import LIST, READERS, messages_of

CASES = YAML(typ="safe").load(LIST.read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", range(len(CASES)))
def test_what_is_wrong_is_told_as_before(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES[number]
    [kind] = case.keys() & READERS.keys()
    told = messages_of(kind, case[kind], tmp_path, monkeypatch)
    assert [without_kinds(line) for line in told] == [without_kinds(line) for line in case["messages"]]
