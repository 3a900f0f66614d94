"""What a folder of results must hold beside its tables."""

from pathlib import Path


def without_text(folder: Path | None) -> set[str]:
    """Parquet tables in a folder, however deep, that have no CSV beside them; there must be some tables."""
    assert folder is not None
    tables = [path for path in folder.rglob("*.parquet") if "shards" not in path.parts]
    assert tables
    return {path.name for path in tables if not path.with_suffix(".csv").is_file()}
