"""The index that is kept says the same as the rules it was made of; the cache may be lost or broken
at any time.
"""

from __future__ import annotations

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cleaner import Cleaner, RuleError, RuleSet, cache, load_rules
from cleaner.engine.index import Index
from cleaner.rulebook import load_index
from tests.samples import CLEAN, SEEDS, read

YAML = """\
kind: name
rules:
- {{id: ma-yun, canonical: {0}, variants: [Marwin], when: [Taobao], unless: [Marwin Hitz]}}
"""
TEXT = "Taobao was Marwin’s."


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "mine.yaml").write_text(YAML.format("Ma Yun"), encoding="utf-8")
    return tmp_path / "mine.yaml"


def cleaned(rules: Path) -> str:
    return Cleaner(load_index(rules, bundled=False)).clean(TEXT).text


def test_rules_come_back_from_an_index_as_they_went_in() -> None:
    known = load_rules()
    index = Index.load(Index.of(known).dump())
    for rule in known:
        there = index.rules[rule.id]
        assert there == rule._replace(examples=(), provenance={})
        assert type(there.options) is type(rule.options)
    assert list(index.rules) == [rule.id for rule in known]
    assert len(index.rules) == len(known)
    assert index.boundaries == known.boundaries


@pytest.mark.parametrize("path", [*SEEDS, *CLEAN], ids=lambda path: path.name)
def test_an_index_that_was_kept_cleans_as_the_rules_do(path: Path) -> None:
    text, known = read(path), load_rules()
    assert Cleaner(Index.load(Index.of(known).dump())).clean(text) == Cleaner(known).clean(text)


def test_no_rules_at_all() -> None:
    index = Index.load(Index.of(RuleSet(())).dump())
    assert not Cleaner(index).clean(TEXT).changed


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"nonsense", b"\xff"], ids=repr)
def test_what_is_no_index(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Index.load(data)


def test_without_remarks_the_edits_are_the_same() -> None:
    for path in SEEDS:
        full, bare = (
            Cleaner(load_rules(), remarks=remarks).clean(read(path)) for remarks in (True, False)
        )
        assert (full.text, full.edits) == (bare.text, bare.edits)
        assert len(full.findings) >= len(bare.findings)


def test_the_second_time_nothing_is_read_but_the_cache(
    kept: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cleaned(rules) == "Taobao was Ma Yun’s."
    assert len(list(kept.iterdir())) == 1
    monkeypatch.setattr(
        "cleaner.rulebook.load_rules", lambda *_, **__: pytest.fail("the rules were read again")
    )
    assert cleaned(rules) == "Taobao was Ma Yun’s."


def test_a_changed_rule_counts_at_once(kept: Path, rules: Path) -> None:
    assert cleaned(rules) == "Taobao was Ma Yun’s."
    rules.write_text(YAML.format("Ma Yin"), encoding="utf-8")
    assert cleaned(rules) == "Taobao was Ma Yin’s."
    assert len(list(kept.iterdir())) == 2


def test_a_wrong_rule_is_not_kept(kept: Path, rules: Path) -> None:
    rules.write_text(YAML.format("Ma Yun") + "- oops\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleError, match=r"mine\.yaml:4"):
            load_index(rules, bundled=False)
    assert not kept.exists()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-2] ^= 1
    file.write_bytes(data)


def _open_to_all(file: Path) -> None:
    file.chmod(0o666)


def _folder_open_to_all(file: Path) -> None:
    file.unlink()
    file.parent.chmod(0o777)


BROKEN = {
    "cut": _cut,
    "one bit flipped": _flip,
    "empty": lambda file: file.write_bytes(b""),
    "of nobody": lambda file: file.write_bytes(b"00000000\n"),
    "no index": lambda file: file.write_bytes(cache._checksum(b"{}") + b"\n{}"),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
    "gone": lambda file: file.unlink(),
    "writable by all": _open_to_all,
    "in a folder writable by all": _folder_open_to_all,
}


@pytest.mark.parametrize("damage", BROKEN)
def test_a_broken_cache_is_no_cache(
    damage: str, kept: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleaned(rules)
    (file,) = kept.iterdir()
    BROKEN[damage](file)
    with monkeypatch.context() as patch:
        patch.setattr("cleaner.rulebook.load_rules", lambda *_, **__: pytest.fail("read again"))
        with pytest.raises(pytest.fail.Exception, match="read again"):
            cleaned(rules)
    assert cleaned(rules) == "Taobao was Ma Yun’s."


def test_no_place_for_a_cache(rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert cleaned(rules) == "Taobao was Ma Yun’s."


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux has for caches")
def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANER_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert cache.folder() == Path("/somewhere/cleaner")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.folder() is None
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert cache.folder() == Path("/home/somebody/.cache/cleaner")


def test_what_is_kept_is_private_and_bounded(kept: Path) -> None:
    for number in range(40):
        cache.remember(f"rules-{number}", b"x")
        os.utime(kept / f"rules-{number}", ns=(number, number))
    cache.remember("words-1", b"y")
    assert sorted(path.name for path in kept.iterdir()) == sorted(
        ["words-1", *(f"rules-{number}" for number in range(24, 40))]
    )
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert stat.S_IMODE((kept / "words-1").stat().st_mode) == 0o600
    assert cache.recall("words-1") == b"y"


def test_many_at_once(kept: Path, rules: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: cleaned(rules), range(32))) == {"Taobao was Ma Yun’s."}
    assert [path.name.partition("-")[0] for path in kept.iterdir()] == ["rules"]
