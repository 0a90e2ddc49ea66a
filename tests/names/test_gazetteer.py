"""The names that are known to be right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner import CleanerError, cache, load_names
from cleaner.names.gazetteer import bundled_names, gazetteer_files, known_names
from cleaner.names.name import Name
from cleaner.names.pivot.background import Background
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import load
from cleaner.rules import layers
from cleaner.rules.model import Entity
from tests.samples import ROOT, bundled_rules

GAZETTEER = ROOT / "rules" / "gazetteer"
NAMES = bundled_names(layers.bundled())
HEADER = "canonical\tkind\tzh\tko\taliases\twith"
GROWN = [name for name in NAMES if not name.common]


def test_errors_for_an_empty_and_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(CleanerError, match="the file has no names; write one name a line"):
        load_names(tmp_path / "empty.txt")
    with pytest.raises(CleanerError, match="cannot be read"):
        load_names(tmp_path / "none.txt")


def test_the_gazetteer_holds_no_garbled_form() -> None:
    """Where a rule says that a form is garbled, the gazetteer must not say that it is right."""
    right: set[str] = set()
    for name in NAMES:
        right.update(name.right)
    variants: set[str] = set()
    for rule in bundled_rules():
        if isinstance(rule.options, Entity):
            variants.update(rule.options.variants)
    assert right & variants == set()


def test_names_of_rules_and_of_the_gazetteer_agree() -> None:
    """A name that both have is written with the same Hanzi in both."""
    listed = {name.canonical: name for name in NAMES}
    compared = 0
    for rule in bundled_rules():
        if isinstance(rule.options, Entity) and rule.options.canonical in listed:
            hanzi = listed[rule.options.canonical].hanzi
            if hanzi and "zh" in rule.options.source:
                assert hanzi == rule.options.source["zh"], rule.id
                compared += 1
    assert compared > 0


def test_names_of_rules_are_known_too() -> None:
    listed = {name.canonical for name in NAMES}
    known = {name.canonical for name in known_names(bundled_rules())}
    assert known > listed


# The names themselves


def test_there_are_many_names() -> None:
    assert len(NAMES) >= 25_000


def test_no_right_form_belongs_to_two_names() -> None:
    owners: dict[str, str] = {}
    for name in NAMES:
        for form in name.right:
            assert owners.setdefault(form, name.canonical) == name.canonical, form


def test_no_letters_of_a_grown_name_belong_to_another() -> None:
    common = _letters_of(name for name in NAMES if name.common)
    grown: dict[str, str] = {}
    for name in GROWN:
        for key in _letters_of([name]):
            assert key not in common, name
            assert grown.setdefault(key, name.canonical) == name.canonical, name


def _letters_of(names: Iterable[Name]) -> set[str]:
    found: set[str] = set()
    for name in names:
        found.update(map(letters, name.right))
    return found


@pytest.mark.parametrize(
    ("texts", "pattern"),
    [
        pytest.param(
            [name.hanzi for name in NAMES if name.hanzi],
            r"[\u3400-\u9fff\u3005\u3007\u3040-\u30ff·・、（）0-9A-Za-z.&-]+",
            id="characters",
        ),
        pytest.param(
            [written for name in NAMES for written in name.hangul],
            r"[가-힣0-9A-Za-z.&·-]+(?: [가-힣0-9A-Za-z.&·-]+)*",
            id="hangul",
        ),
        pytest.param(
            [written for name in GROWN for written in name.hangul],
            "[가-힣]+(?: [가-힣]+)*",
            id="hangul-of-grown-names",
        ),
        pytest.param(
            [name.canonical for name in GROWN],
            r"[A-Za-z]+(?:['-][A-Za-z]+)*(?: [A-Za-z]+(?:['-][A-Za-z]+)*)*",
            id="grown-names-are-plain",
        ),
    ],
)
def test_every_form_is_written_in_its_script(texts: list[str], pattern: str) -> None:
    assert texts
    assert [text for text in texts if not re.fullmatch(pattern, text)] == []


def test_no_grown_name_is_written_like_that_of_a_korean() -> None:
    is_korean = Background(load("ko")).is_korean
    assert [name.canonical for name in GROWN if is_korean(name.canonical)] == []


@pytest.mark.parametrize(
    ("canonical", "hangul"),
    [
        pytest.param("Aaron Kwok", {"곽부성", "궈푸청"}, id="sound-and-characters"),
        pytest.param(
            "Leonardo DiCaprio",
            {"리어나도 디캐프리오", "레오나르도 디카프리오"},
            id="official-and-usual",
        ),
        pytest.param("Kyiv", {"키이우", "키예프"}, id="new-and-old"),
        pytest.param("Afghanistan", {"아프가니스탄"}, id="country"),
        pytest.param("Zimbabwe", {"짐바브웨"}, id="country-of-a-table"),
    ],
)
def test_forms_in_hangul(canonical: str, hangul: set[str]) -> None:
    (name,) = [name for name in NAMES if name.canonical == canonical]
    assert hangul <= set(name.hangul)


def test_companions_tell_names_of_the_same_letters_apart() -> None:
    by_letters: dict[str, list[Name]] = {}
    for name in NAMES:
        by_letters.setdefault(letters(name.canonical), []).append(name)
    shared = [names for names in by_letters.values() if len(names) > 1]
    assert shared
    for names in shared:
        companions = [set(name.companions) for name in names]
        assert all(companions), names
        assert set.intersection(*companions) == set(), names


# The files


def test_every_file_has_a_source() -> None:
    sources = (GAZETTEER / "SOURCES.md").read_text(encoding="utf-8")
    for path in gazetteer_files(layers.bundled()):
        file = path.relative_to(layers.bundled() / "gazetteer").as_posix()
        shown = "*.yaml" if file.endswith(".yaml") else file
        assert f"| `{shown}` |" in sources


def test_every_file_is_read() -> None:
    found = {path for path in GAZETTEER.rglob("*") if path.suffix in {".yaml", ".yml", ".tsv"}}
    read = {path.relative_to(layers.bundled()) for path in gazetteer_files(layers.bundled())}
    assert {path.relative_to(ROOT / "rules") for path in found} == read


def test_the_gazetteer_is_read_as_any_list_of_names_is() -> None:
    """The fast ways to read it, by a cached table and by rows, leave nothing out."""
    expected: list[Name] = []
    for path in gazetteer_files(layers.bundled()):
        expected += load_names(path)
    assert [replace(name, common=True) for name in NAMES] == expected


def test_only_names_of_long_lists_are_not_common() -> None:
    assert {name.kind for name in GROWN} == {"person", "place"}
    assert next(name for name in NAMES if name.canonical == "Ma Yun").common


# The cache


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A rules folder with a small gazetteer."""
    folder = tmp_path / "rules"
    (folder / "gazetteer" / "grown").mkdir(parents=True)
    _write(folder / "gazetteer" / "people.yaml", "- {canonical: Ma Yun, ko: [마윈], with: [Tmall]}")
    table = f"{HEADER}\nOulu\tplace\t\t오울루\t\tFinland|Kemi\n"
    (folder / "gazetteer" / "grown" / "cities.tsv").write_text(table, encoding="utf-8")
    return folder


def _write(path: Path, names: str) -> None:
    path.write_text(f"kind: gazetteer\nnames:\n{names}\n", encoding="utf-8")


SMALL = [
    Name("Ma Yun", hangul=("마윈",), companions=("Tmall",)),
    Name("Oulu", "place", hangul=("오울루",), companions=("Finland", "Kemi"), common=False),
]


def test_names_are_kept_and_read_again(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    assert bundled_names(small) == SMALL
    (kept,) = (tmp_path / "cache").glob("names-*")
    before = kept.stat().st_mtime_ns
    assert bundled_names(small) == SMALL
    assert kept.stat().st_mtime_ns == before


def test_names_are_read_again_when_a_file_changes(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    bundled_names(small)
    _write(small / "gazetteer" / "people.yaml", "- Xu Lin")
    assert [name.canonical for name in bundled_names(small)] == ["Xu Lin", "Oulu"]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"Ma Yun", id="cells-are-missing"),
        pytest.param(b"\xff\t\t\t\t\t", id="not-text"),
        pytest.param(b"Ma Yun\tperson\t\t\t\t\t\t\t", id="too-many-cells"),
    ],
)
def test_names_that_were_kept_in_another_shape_are_read_again(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    bundled_names(small)
    (kept,) = (tmp_path / "cache").glob("names-*")
    cache.remember(kept.name, damage)
    assert bundled_names(small) == SMALL


@pytest.mark.parametrize(
    ("table", "message"),
    [
        pytest.param("canonical\tkind\nOulu\tplace\tx\n", "has 3 cells", id="other-header"),
        pytest.param(f"{HEADER}\nOulu\tplace\t\t\t\t\tx\n", "has 7 cells", id="too-many-cells"),
    ],
)
def test_a_table_in_another_shape_is_an_error_with_a_place(
    small: Path, table: str, message: str
) -> None:
    path = small / "gazetteer" / "grown" / "cities.tsv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(CleanerError, match=rf"cities\.tsv:2:1: this row {message}"):
        bundled_names(small)


def test_no_gazetteer_is_no_name(tmp_path: Path) -> None:
    assert bundled_names(tmp_path) == []
