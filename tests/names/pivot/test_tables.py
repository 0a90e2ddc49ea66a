"""The tables of the pivots that are bundled."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import cache
from cleaner.names.pivot.script import units
from cleaner.names.pivot.tables import load, read_folder
from tests.samples import ROOT


def test_the_table_has_every_syllable_of_pinyin() -> None:
    tables = load("ko")
    assert len(tables.sound) == 418
    assert set(tables.sino) <= set(tables.sound)
    spelled: set[str] = set()
    for hangul in tables.sound.values():
        spelled.update(units(hangul))
    assert spelled <= set(tables.spelling)


def test_every_file_of_a_pivot_has_its_source_and_how_it_was_made() -> None:
    files = sorted((ROOT / "rules" / "pivots").rglob("*.yaml"))
    assert len(files) >= 10
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# "), path.name
        keys = [line.partition(":")[0] for line in lines if not line.startswith(("#", " "))]
        assert keys[:3] == ["kind", "source", "made"], path.name


@pytest.mark.parametrize("kept", [None, b"", b"[]", b"{}}", b'{"unknown": {}}'])
def test_kept_tables_are_those_of_the_files(
    kept: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the cache has, also after another program wrote there."""
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    wanted = read_folder(ROOT / "rules" / "pivots" / "ko")
    assert load.__wrapped__("ko") == wanted
    [file] = (tmp_path / "cache").iterdir()
    if kept is not None:
        cache.remember(file.name, kept)
    assert load.__wrapped__("ko") == wanted
