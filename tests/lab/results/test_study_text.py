"""Every table is written as Parquet and as CSV, by one writer."""

import re
from pathlib import Path

import numpy as np
import pandas
import pytest

from sim.lab.results import as_text
from sim.lab.results.files import write_frames

ROOT = Path(__file__).parents[3]


def written(folder: Path, **columns: object) -> pandas.DataFrame:
    write_frames(folder, {"table": pandas.DataFrame(columns)})
    return pandas.read_csv(folder / "table.csv", keep_default_na=True)


def test_numbers_are_those_of_the_table_to_ten_digits(tmp_path: Path) -> None:
    values = [0.1 + 0.2, -1 / 3, 1e-12 / 7, 123456789012.3, 0.0, 5e-324, 1e300]
    found = written(tmp_path, value=values)["value"]
    assert np.allclose(found, values, rtol=1e-9, atol=0)
    assert (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()[1:3] == ["0.3", "-0.3333333333"]


def test_words_missing_values_and_lists_survive(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        word=['a "b", c', None, "新区"],
        number=[1, 2, 3],
        some=[True, False, True],
        pair=[[1, 2]] * 3,
    )
    assert found["word"].fillna("").tolist() == ['a "b", c', "", "新区"]
    assert found["pair"].tolist() == ["[1, 2]"] * 3
    assert found["number"].tolist() == [1, 2, 3]


def test_a_table_without_rows_has_a_header(tmp_path: Path) -> None:
    assert list(written(tmp_path, point=[], error=[]).columns) == ["point", "error"]


def test_a_table_longer_than_a_spreadsheet_is_parquet_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_text, "LONGEST", 2)
    write_frames(
        tmp_path, {"two": pandas.DataFrame({"a": [1, 2]}), "three": pandas.DataFrame({"a": [1, 2, 3]})}
    )
    assert {path.name for path in tmp_path.iterdir()} == {"two.csv", "two.parquet", "three.parquet"}


def test_one_place_writes_tables() -> None:
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "sim" / "lab").rglob("*.py")
        if re.search(r"\.to_csv\(|\.to_parquet\(|csv\.write_csv\(", path.read_text(encoding="utf-8"))
    }
    assert writers == {"sim/lab/results/files.py", "sim/lab/results/as_text.py"}
