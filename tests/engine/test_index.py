"""The index that is kept says the same as the rules it was made of; the cache may be lost or broken
at any time.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache as once
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, CleanerError, Rule, RuleError, RuleSet, cache
from cleaner.cache import has_shape
from cleaner.engine.index import Index
from cleaner.rulebook import load_index
from cleaner.text import stored
from cleaner.text.stored import Parts
from tests.samples import CLEAN, SEEDS, bundled, bundled_index, bundled_rules, read

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


# Rules of each kind of data that an index can hold, and what they make of a text.
MIXED = RuleSet(
    tuple(rule for rule in bundled_rules() if rule.kind in {"name", "pattern", "quotes"})
)
MIXED_TEXT = "Alibaba fell,, and Marwin’s wealth shrank. He said ‘no’"
DUMPED = Index.of(MIXED).dump()


def mixed() -> Index:
    return Index.of(MIXED)


def cleaned(rules: Path) -> str:
    return Cleaner(load_index(rules, bundled=False)).clean(TEXT).text


def test_rules_come_back_from_an_index_as_they_went_in() -> None:
    known = bundled_rules()
    index = Index.load(Index.of(known).dump())
    for rule in known:
        there = index.rules[rule.id]
        assert there == rule._replace(examples=(), provenance={})
        assert type(there.options) is type(rule.options)
    assert list(index.rules) == [rule.id for rule in known]
    assert len(index.rules) == len(known)
    assert index.boundaries == known.boundaries


@once
def bundled_dump() -> bytes:
    return bundled_index().dump()


@pytest.mark.parametrize("path", [*SEEDS, *CLEAN], ids=lambda path: path.name)
def test_an_index_that_was_kept_cleans_as_the_rules_do(path: Path) -> None:
    text = read(path)
    assert Cleaner(Index.load(bundled_dump())).clean(text) == bundled().clean(text)


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
            Cleaner(bundled_index(), remarks=remarks).clean(read(path)) for remarks in (True, False)
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


def _mode(mode: int) -> Callable[[Path], None]:
    return lambda file: file.chmod(mode)


def _mode_of_the_folder(mode: int) -> Callable[[Path], None]:
    return lambda file: file.parent.chmod(mode)


def _somebody_else(file: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give a file away")
    os.chown(file, 12345, -1)


def _folder_of_somebody_else(file: Path) -> None:
    _somebody_else(file.parent)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _endless(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


BROKEN = {
    "cut": _cut,
    "one bit flipped": _flip,
    "empty": lambda file: file.write_bytes(b""),
    "of nobody": lambda file: file.write_bytes(b"00000000\n"),
    "no index": lambda file: file.write_bytes(cache._checksum(b"{}") + b"\n{}"),
    "a folder": _folder,
    "gone": lambda file: file.unlink(),
    "a pipe": _pipe,
    "a device": _endless,
    "writable by all": _mode(0o606),
    "writable by a group": _mode(0o660),
    "of somebody else": _somebody_else,
    "in a folder writable by all": _mode_of_the_folder(0o707),
    "in a folder writable by a group": _mode_of_the_folder(0o770),
    "in a folder like /tmp": _mode_of_the_folder(0o1777),
    "in a folder of somebody else": _folder_of_somebody_else,
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


def test_the_same_rules_give_the_same_bytes(rules: Path) -> None:
    """What is remade because of damage must have the numbers that were read before."""
    code = "from cleaner import *; from cleaner.engine.index import Index; import sys, zlib;"
    code += "print(zlib.crc32(Index.of(load_rules(sys.argv[1], bundled=False)).dump()))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code, str(rules)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


# What a mutation puts in the place of a value.
ATOMS: Sequence[object] = (None, True, -1, 0, 1, 10**9, 10**400, 1.5, "", "x", "names")
VALUES = st.sampled_from(
    [*ATOMS, *([atom] for atom in ATOMS), *({"x": [atom]} for atom in ATOMS), [], {}, [[]], {"": 1}]
)
PARTS = Parts(DUMPED).parts
TEXTS = ("off", "ids", "rules", "literals", "keys", "beginnings")


def replaced(name: str, part: bytes) -> bytes:
    """Return the dumped index with another part of this name."""
    return stored.joined({**PARTS, name: part})


def mutated(draw: Callable[..., Any], value: Any) -> Any:
    """Return JSON in which a value anywhere was replaced, dropped or doubled."""
    parent: Any = [value]
    whole, key = parent, 0
    while isinstance(parent[key], (dict, list)) and parent[key] and draw(st.integers(0, 4)):
        parent = parent[key]
        keys = sorted(parent) if isinstance(parent, dict) else range(len(parent))
        key = draw(st.sampled_from(keys))
    what = draw(st.sampled_from(["replace", "replace", "drop", "double"]))
    if what == "replace" or parent is whole:
        parent[key] = draw(VALUES)
    elif what == "drop":
        del parent[key]
    elif isinstance(parent, list):
        parent.insert(key, parent[key])
    else:
        parent[f"{key}s"] = parent[key]
    return whole[0]


def damaged(draw: Callable[..., Any]) -> bytes:
    """Draw an index with some damage: to values in JSON, to numbers, to parts, or to any bytes."""
    what = draw(st.sampled_from(["head", "rule", "numbers", "part", "bytes"]))
    if what == "head":
        return replaced("head", json.dumps(mutated(draw, json.loads(PARTS["head"]))).encode())
    if what == "rule":
        lines = [*Parts(DUMPED).texts("rules")]
        at = draw(st.integers(0, len(lines) - 1))
        lines[at] = json.dumps(mutated(draw, json.loads(lines[at]))).encode()
        return stored.joined({**PARTS, **stored.texts("rules", lines)})
    if what == "numbers":
        name = draw(st.sampled_from([name for name in PARTS if name not in {"head", *TEXTS}]))
        numbers = list(Parts(DUMPED).numbers(name)) or [0]
        at = draw(st.integers(0, len(numbers) - 1))
        numbers[at] = draw(st.sampled_from([0, 1, 7, 2**16, 2**32 - 1]))
        return stored.joined({**PARTS, **stored.numbers(name, numbers)})
    if what == "part":
        name = draw(st.sampled_from(sorted(PARTS)))
        return replaced(name, draw(st.sampled_from([b"", PARTS[name][:-1], PARTS[name] * 2])))
    data = bytearray(DUMPED)
    for at in draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=20)):
        data[at] = draw(st.integers(0, 255))
    return bytes(data)


@given(data=st.data())
@settings(max_examples=100)
def test_no_shape_of_a_cache_is_a_fault_of_the_program(data: st.DataObject) -> None:
    """Its checksum may be right, so only its shape can tell that it is damaged."""
    try:
        index = Index.load(damaged(data.draw), mixed)
    except ValueError:
        return
    cleaner = Cleaner(index)
    for id_ in index.rules:
        with suppress(KeyError):  # the id was damaged
            assert has_shape(index.rules[id_]._replace(examples=(), provenance={}), Rule)
    with suppress(CleanerError):
        cleaner.clean(MIXED_TEXT)


def of_json(name: str, change: Callable[[Any], object]) -> Callable[[Parts], dict[str, bytes]]:
    """Return what changes the head, or the one rule."""

    def changed(parts: Parts) -> dict[str, bytes]:
        if name == "head":
            value = json.loads(parts.data("head"))
            change(value)
            return {"head": json.dumps(value).encode()}
        value = json.loads(parts.texts("rules")[0])
        change(value)
        return stored.texts("rules", [json.dumps(value).encode()])

    return changed


def of_numbers(name: str, *values: int) -> Callable[[Parts], dict[str, bytes]]:
    """Return what puts these numbers in the place of a part."""
    return lambda _: stored.numbers(name, values)


SHAPES = [
    pytest.param(of_json("head", lambda head: head.clear()), id="an empty head"),
    pytest.param(of_json("head", lambda head: head.pop("words")), id="a key is missing"),
    pytest.param(of_json("head", lambda head: head.update(words=-1)), id="a negative number"),
    pytest.param(of_json("head", lambda head: head.update(words="a")), id="a text for a number"),
    pytest.param(of_json("head", lambda head: head.update(words=10**9)), id="too many words"),
    pytest.param(of_json("head", lambda head: head.update(boundaries=5)), id="no list"),
    pytest.param(of_json("head", lambda head: head.update(boundaries=[[[]]])), id="no texts"),
    pytest.param(of_json("rule", lambda rule: rule.clear()), id="an empty rule"),
    pytest.param(of_json("rule", lambda rule: rule.update(id="x")), id="another rule"),
    pytest.param(of_json("rule", lambda rule: rule.update(options=None)), id="no options"),
    pytest.param(of_json("rule", lambda rule: rule["options"].update(more=1)), id="more options"),
    pytest.param(of_json("rule", lambda rule: rule["options"].update(variants=7)), id="no forms"),
    pytest.param(of_json("rule", lambda rule: rule["options"].update(source=[])), id="no names"),
    pytest.param(of_json("rule", lambda rule: rule.update(kind="klingon")), id="an unknown kind"),
    pytest.param(of_json("rule", lambda rule: rule.update(kind="quotes.costs")), id="a module"),
    pytest.param(of_json("rule", lambda rule: rule.update(level="loud")), id="an unknown level"),
    pytest.param(of_json("rule", lambda rule: rule.update(place=[1])), id="no place"),
    pytest.param(of_json("rule", lambda rule: rule.update(when={"near": 3})), id="no condition"),
    pytest.param(of_json("rule", lambda rule: rule.update(when=[])), id="a list for a condition"),
    pytest.param(of_json("rule", lambda rule: rule.update(unless="x")), id="a text for phrases"),
    pytest.param(of_json("rule", lambda rule: rule.update(damage="1")), id="a text for a number "),
    pytest.param(lambda _: stored.texts("keys", [b""] * 4), id="empty keys"),
    pytest.param(lambda _: stored.texts("keys", [b"x"]), id="fewer keys than owners"),
    pytest.param(lambda _: stored.texts("ids", []), id="no ids"),
    pytest.param(of_numbers("owners", *[99999] * 4), id="an owner that is not there"),
    pytest.param(of_numbers("waiting", 99999), id="a rule that is not there"),
    pytest.param(of_numbers("waiting.ends", 0), id="nothing waits"),
    pytest.param(of_numbers("keys.ends", 0, 9, 3), id="a key that ends before it begins"),
]


@pytest.mark.parametrize("change", SHAPES)
def test_a_wrong_shape_costs_time_and_no_result(
    change: Callable[[Parts], dict[str, bytes]], kept: Path, rules: Path
) -> None:
    cleaned(rules)
    (file,) = kept.iterdir()
    good = file.read_bytes()
    parts = Parts(good.partition(b"\n")[2])
    cache.remember(file.name, stored.joined({**parts.parts, **change(parts)}))
    assert cleaned(rules) == "Taobao was Ma Yun’s."
    assert file.read_bytes() == good  # it was made again and kept


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


def test_what_is_used_is_kept(kept: Path) -> None:
    for number in range(16):
        cache.remember(f"rules-{number}", b"x")
        os.utime(kept / f"rules-{number}", ns=(number, number))
    assert cache.recall("rules-0") == b"x"
    cache.remember("rules-16", b"x")
    cache.remember("rules-17", b"x")
    left = {path.name for path in kept.iterdir()}
    assert left == {f"rules-{number}" for number in (0, *range(3, 18))}


def test_the_time_of_a_file_is_set_once_a_day(kept: Path) -> None:
    cache.remember("rules-1", b"x")
    hour_ago = time.time_ns() - 3_600 * 10**9
    os.utime(kept / "rules-1", ns=(hour_ago, hour_ago))
    assert cache.recall("rules-1") == b"x"
    assert (kept / "rules-1").stat().st_mtime_ns == hour_ago


def test_a_cache_that_cannot_be_written_is_read(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise OSError(errno.EROFS, "read-only file system")

    cache.remember("rules-1", b"x")
    os.utime(kept / "rules-1", ns=(0, 0))
    monkeypatch.setattr(os, "utime", refuse)
    assert cache.recall("rules-1") == b"x"


def test_the_bytes_of_all_files_are_limited(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST_BYTES", 100)
    kept.mkdir(mode=0o700)
    (kept / "rules-notes.txt").write_text("not ours", encoding="utf-8")
    for number, sort in enumerate(("words", "rules", "names", "rules")):
        cache.remember(f"{sort}-{number}", b"x" * 24)  # 33 bytes with its head
        os.utime(kept / f"{sort}-{number}", ns=(number, number))
    assert sorted(path.name for path in kept.iterdir()) == [
        "names-2",
        "rules-1",
        "rules-3",
        "rules-notes.txt",
    ]
    cache.remember("rules-4", b"x" * 100)  # too large to be kept
    assert cache.recall("rules-4") is None


def test_what_a_killed_process_left_is_deleted_too(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_MOST_BYTES", 100)
    kept.mkdir(mode=0o700)
    left = kept / ".rules-0123.89abcdef"
    left.write_bytes(b"x" * 80)
    os.utime(left, ns=(0, 0))
    cache.remember("rules-1", b"x" * 24)
    assert [path.name for path in kept.iterdir()] == ["rules-1"]


def test_a_file_that_was_deleted_can_still_be_read(kept: Path) -> None:
    cache.remember("rules-1", b"x" * 100_000)
    data = cache.mapped("rules-1")
    (kept / "rules-1").unlink()
    assert data is not None
    assert data.tobytes() == b"x" * 100_000


def test_many_at_once(kept: Path, rules: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: cleaned(rules), range(32))) == {"Taobao was Ma Yun’s."}
    assert [path.name.partition("-")[0] for path in kept.iterdir()] == ["rules"]
