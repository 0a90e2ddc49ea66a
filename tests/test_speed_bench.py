"""The benchmark of speed itself: its table, its picture, its texts and its processes. No times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.speed import generated, texts
from tests.bench.speed.curves import Curve, draw, groups
from tests.bench.speed.processes import Arena, Contender, script
from tests.bench.speed.table import Figure, Row, Target, alone, compared, ordered, render
from tests.samples import ROOT, bundled

SVG = "{http://www.w3.org/2000/svg}"
MOST = Target(12, 4, most=True)
LEAST = Target(2, 6)


@pytest.mark.parametrize(
    ("target", "value", "verdict"),
    [
        pytest.param(MOST, 12, "yes", id="at most"),
        pytest.param(MOST, 12.1, "MISSED", id="above"),
        pytest.param(MOST, 4, "aim", id="the aim"),
        pytest.param(LEAST, 2, "yes", id="at least"),
        pytest.param(LEAST, 1.9, "MISSED", id="below"),
        pytest.param(LEAST, 7, "aim", id="beyond the aim"),
        pytest.param(MOST, float("inf"), "MISSED", id="it took too long"),
    ],
)
def test_a_target_is_reached_or_missed(target: Target, value: float, verdict: str) -> None:
    assert target.verdict(value) == verdict


@pytest.mark.parametrize(
    ("target", "ratio"),
    [
        pytest.param(MOST, 4, id="ours / peer"),
        pytest.param(LEAST, 0.25, id="peer / ours"),
        pytest.param(None, 4, id="no target"),
    ],
)
def test_the_ratio_is_that_of_the_target(target: Target | None, ratio: float) -> None:
    row = compared("work", target, Figure([8, 4, 12]), Figure([2, 1, 3]))
    assert row.ratio is not None
    assert row.ratio.middle == ratio


def test_the_table_begins_with_what_is_missed() -> None:
    rows = [
        compared("met", MOST, Figure([8, 8], "s"), Figure([2, 2], "s")),
        Row("absent", MOST, note="there is no such command"),
        compared("missed", LEAST, Figure([8, 8], "s"), Figure([2, 2.5], "s"), note="5 MB"),
        alone("alone", Target(2, 1, most=True, unit="s"), Figure([1.5], "s")),
    ]
    assert [row.what for row in ordered(rows)] == ["missed", "met", "absent", "alone"]
    table = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in render(rows).splitlines()
    ]
    assert table[0] == ["what", "ours", "peer", "ratio", "at least", "aim", "now ok?"]
    assert table[2:] == [
        [
            "missed",
            "8.000 s",
            "2.250 s (2.000–2.500)",
            "0.281 (0.250–0.312)",
            "≥ 2",
            "≥ 6",
            "MISSED; unsteady; 5 MB",
        ],
        ["met", "8.000 s", "2.000 s", "4.000", "≤ 12", "≤ 4", "aim"],
        ["absent", "", "", "", "≤ 12", "≤ 4", "not measured; there is no such command"],
        ["alone", "1.500 s", "", "1.500", "≤ 2 s", "≤ 1 s", "yes"],
    ]


def test_the_picture_has_every_curve_and_marks_the_bad_ones() -> None:
    curves = [
        Curve("quotes, glued", (1, 2, 4), [0.1, 0.2, 0.4]),
        Curve("quotes, TeX <``>", (1, 2, 4), [0.1, 0.4, 1.6], is_bad=True),
        Curve("spaces", (1, 2), [0.1, 0.2]),
        Curve("too long", (1,), [20]),
    ]
    picture = ElementTree.fromstring(draw(curves, "one machine & no other"))
    drawn = {line[0].text: line.get("class") for line in picture.iter(f"{SVG}polyline")}
    assert drawn == {
        "quotes, glued": "curve",
        "quotes, TeX <``>": "curve bad",
        "spaces": "curve",
    }
    words = [text.text for text in picture.iter(f"{SVG}text")]
    assert {"quotes (2)", "spaces (1)", "one machine & no other"} <= set(words)
    assert [text.text for text in picture.iter(f"{SVG}text") if text.get("class") == "bad"] == [
        "quotes, TeX <``>"
    ]


@given(st.lists(st.lists(st.floats(0.001, 1000), min_size=2, max_size=4), min_size=1, max_size=9))
def test_curves_stay_in_the_picture(times: list[list[float]]) -> None:
    curves = [
        Curve(f"{number}, shape", (1, 2, 4, 8)[: len(seconds)], seconds)
        for number, seconds in enumerate(times)
    ]
    picture = ElementTree.fromstring(draw(curves, ""))
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    lines = list(picture.iter(f"{SVG}polyline"))
    assert len(lines) == len(curves)
    for line in lines:
        for point in line.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 < x < width
            assert 0 < y < height


def test_small_groups_of_shapes_share_a_panel() -> None:
    names = [
        "a, 1",
        "a, 2",
        "b, 1",
        "b, 2",
        "c, 1",
        "c, 2",
        "d, 1",
        "d, 2",
        "e, 1",
        "e, 2",
        "f",
        "g",
    ]
    found = groups([Curve(name, (1, 2), (1, 2)) for name in names])
    assert {name: len(inside) for name, inside in found.items()} == {
        "a": 2,
        "b": 2,
        "c": 2,
        "d": 2,
        "e": 2,
        "others": 2,
    }


def test_damage_is_put_in_as_often_as_asked_and_always_the_same() -> None:
    text = (
        "The gate was open, and nobody came. She went home again and left the door ajar.\n\n" * 50
    )
    once = texts.damaged(text, ["Jang-Pan"], 5)
    assert once == texts.damaged(text, ["Jang-Pan"], 5) != text
    assert texts.damaged(text, ["Jang-Pan"], 0) == text
    kept = sum(line in once.splitlines() for line in set(text.splitlines()))
    assert kept == 2  # the sentence and the empty line still stand somewhere unharmed
    changed = sum(line not in text.splitlines() for line in once.splitlines())
    assert 0 < changed <= round(5 * len(text) / 1000)


def test_damage_is_what_the_rules_mend() -> None:
    text = "The gate was open, and nobody came. She went home again in the rain.\n\n" * 20
    damaged = texts.damaged(text, ["Marwin"], 5)
    edits = bundled().clean(damaged).edits
    assert 2 < 1000 * len(edits) / len(damaged) < 8


def test_real_english_is_taken_evenly_from_all_kinds(tmp_path: Path) -> None:
    for kind in texts.KINDS:
        folder = tmp_path / "corpora" / kind
        folder.mkdir(parents=True)
        (folder / ".done").touch()
        for number in range(1 if kind == "novels" else 9):
            (folder / f"{number}.txt").write_text(f"{kind} {number}\n\n" * 100, encoding="utf-8")
    written = texts.write_real(tmp_path / "corpora", tmp_path, 12_000)
    assert {path.stem for path in written} == set(texts.KINDS)
    sizes = {path.stem: path.stat().st_size for path in written}
    assert sizes["novels"] < 1_200 < min(size for kind, size in sizes.items() if kind != "novels")
    assert 11_500 < sum(sizes.values()) <= 12_010


def test_names_are_distinct() -> None:
    names = generated.names(500)
    forms = [form.lower() for name in names for form in name]
    assert len(set(forms)) == len(forms) == 2_000


def test_a_contender_is_run_and_watched(tmp_path: Path) -> None:
    arena = Arena(tmp_path)
    (tmp_path / "in.txt").write_text("so\u00a0it is , ", encoding="utf-8")
    peer = script("sequential.py", "all", "in.txt", "out.txt")
    quiet = Contender([sys.executable, "-c", "raise SystemExit(1)"], (0, 1))
    runs = arena.take_turns({"peer": peer, "quiet": quiet}, 2)
    assert [len(of) for of in runs.values()] == [2, 2]
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "so it is,"
    assert set(runs["peer"][0].said) == {"read", "clean", "write"}
    assert all(run.megabytes > 1 and run.cpu > 0 for of in runs.values() for run in of)


def test_a_contender_that_fails_ends_the_bench(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no such thing')"]
    with pytest.raises(SystemExit, match="no such thing"):
        Arena(tmp_path).run(Contender(command))


def test_the_command_measures_shapes() -> None:
    options = ["--quick", "--rows", "shapes", "--shapes", "comments, inside"]
    command = [sys.executable, "-m", "tests.bench.speed", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    assert "\ncomments, inside " in done.stdout
    assert "2n / n" in done.stdout.splitlines()[-1]
