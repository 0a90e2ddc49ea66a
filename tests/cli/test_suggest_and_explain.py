"""`cleaner suggest` and `cleaner explain` as a user runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.command import run

TRACE = " [AP=연합뉴스]"  # of the Korean pivot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(
        "Taobao belongs to Marwin, and Gao Honghao to Gohonghao." + TRACE, encoding="utf-8"
    )
    (tmp_path / "own.tsv").write_text(
        "canonical\tkind\tzh\nGao Honghao\tperson\t高宏浩\n", encoding="utf-8"
    )
    return tmp_path


def test_suggest_prints_groups_and_keeps_them(folder: Path) -> None:
    code, out, err = run(
        "suggest", "--ignore", "names/*", "--names", "own.tsv", "--gazetteer", "a.txt", cwd=folder
    )
    assert code == 0
    assert "Ma Yun (ma-yun): person 马云 마윈, also Jack Ma\n" in out
    derivation = "    Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]\n"
    assert derivation + "    a.txt:1:19: Taobao belongs to Marwin" in out
    assert "Gao Honghao (gao-honghao): person 高宏浩\n  Gohonghao  once  " in out
    assert (
        err
        == "1 file: 2 names, 2 forms; kept in .cleaner/suggestions.yaml (next: cleaner review)\n"
    )
    kept = (folder / ".cleaner" / "suggestions.yaml").read_text(encoding="utf-8")
    assert "- id: ma-yun\n" in kept
    assert (folder / "a.txt").read_text(encoding="utf-8").startswith("Taobao belongs to Marwin")


def test_suggest_leaves_out_what_rules_know(folder: Path) -> None:
    _, out, _ = run("suggest", "--no-keep", "a.txt", cwd=folder)
    assert "Marwin" not in out
    assert not (folder / ".cleaner").exists()


def test_suggest_leaves_out_what_is_inside_a_known_variant(folder: Path) -> None:
    own = "kind: name\nrules:\n- id: one-of-two\n  canonical: one of two (二選一)\n"
    own += "  variants: [Gohonghao (二選一)]\n  examples:\n"
    own += "  - before: A Gohonghao (二選一)\n    after: A one of two (二選一)\n"
    own += "  - same: A Gohonghao\n"
    (folder / "own.yaml").write_text(own, encoding="utf-8")
    text = "Gao Honghao spoke against Gohonghao (二選一)." + TRACE
    (folder / "b.txt").write_text(text, encoding="utf-8")
    given = ["suggest", "--no-keep", "--names", "own.tsv", "b.txt"]
    assert "  Gohonghao  once" in run(*given, cwd=folder)[1]
    assert "Gohonghao" not in run(*given, "--rules", "own.yaml", cwd=folder)[1]


def test_suggest_prints_json_and_yaml(folder: Path) -> None:
    _, out, _ = run(
        "suggest", "--ignore", "names/*", "--no-keep", "--format", "json", "a.txt", cwd=folder
    )
    [group] = json.loads(out)["groups"]
    assert (group["canonical"], group["members"][0]["form"]) == ("Ma Yun", "Marwin")
    _, out, _ = run(
        "suggest", "--ignore", "names/*", "--no-keep", "--format", "yaml", "a.txt", cwd=folder
    )
    assert "\nkind: suggestions\ngroups:\n- id: ma-yun\n" in out


def test_suggest_prints_nothing_below_the_cutoff(folder: Path) -> None:
    options = ("--no-keep", "--ignore", "names/*", "--score-cutoff", "1")
    _, out, _ = run("suggest", *options, "a.txt", cwd=folder)
    assert out == ""


def test_suggest_goes_on_without_a_file_that_cannot_be_read(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"caf\xe9")
    code, out, err = run("suggest", "--ignore", "names/*", "b.txt", "a.txt", cwd=folder)
    assert (code, "Ma Yun" in out) == (3, True)
    assert "b.txt: left alone: byte 0xE9" in err


NOVEL = """\
Mashiro went home. Then Mashiro met Kaguya at the gate. Everyone liked Mashiro.
“Masiro!” said Kaguya. But Masiro did not answer. Mashiro, the girl, was away.
ByteDance bought it. The firm ByteDance is young, and Bytedance grew. ByteDance again.
Lim Hyo-jun skated. The skater Lim Hyo-jun won. Im Hyo-jun went to China.
"""
MASHIRO = """\
Mashiro (mashiro): 4 times, also spelled
  Masiro  2 times  SCORE
    one letter fewer (h)
    novel.txt:2:2: “Masiro!” said Kaguya. But Masiro did not answer. Mas…
    novel.txt:2:28: “Masiro!” said Kaguya. But Masiro did not answer. Mashiro, the girl, was away.
"""


def _without_scores(text: str) -> str:
    """Return a report without the scores, which change when weights are trained again."""
    return re.sub(r"(?<=  )[01]\.\d\d\b", "SCORE", text)


@pytest.fixture
def novel(tmp_path: Path) -> Path:
    (tmp_path / "novel.txt").write_text(NOVEL, encoding="utf-8")
    return tmp_path


def test_spellings_are_shown_with_both_counts(novel: Path) -> None:
    code, out, err = run("suggest", "novel.txt", cwd=novel)
    assert code == 0
    assert MASHIRO in _without_scores(out)
    assert "ByteDance (bytedance): 3 times, also with other capitals\n" in out
    *_, swap, summary = err.splitlines()
    assert swap.startswith("where a rarer spelling is the right one: cleaner accept ")
    assert summary.startswith("1 file: 3 names, 3 forms; kept in ")
    _, out, _ = run("pending", cwd=novel)
    assert "mashiro: Masiro (2) -> Mashiro (4)  score " in out
    _, out, _ = run("review", cwd=novel)
    assert (
        "# Masiro (2) -> Mashiro (4)\n"
        "cleaner accept mashiro\ncleaner accept mashiro --as Masiro\ncleaner reject mashiro\n"
    ) in out


@pytest.mark.parametrize(
    ("args", "line", "says"),
    [
        pytest.param(
            ["mashiro"],
            "rules/names/accepted.yaml: Masiro -> Mashiro\n",
            "- id: mashiro\n  canonical: Mashiro\n  variants: [Masiro]\n",
            id="the commonest spelling",
        ),
        pytest.param(
            ["mashiro", "--as", "Masiro"],
            "rules/names/accepted.yaml: Mashiro -> Masiro\n",
            "- id: masiro\n  canonical: Masiro\n  variants: [Mashiro]\n",
            id="the rarer one",
        ),
        pytest.param(
            ["mashiro", "--as", "Maschiro"],
            "rules/names/accepted.yaml: Mashiro, Masiro -> Maschiro\n",
            "variants: [Mashiro, Masiro]\n",
            id="another one: both are variants",
        ),
        pytest.param(
            ["mashiro", "--as", "Mashiro Ito"],
            "rules/names/accepted.yaml: Masiro -> Mashiro Ito\n",
            "variants: [Masiro]\n",
            id="a longer one: the name stays right",
        ),
        pytest.param(
            ["bytedance"],
            "rules/names/accepted.yaml: Bytedance -> ByteDance\n",
            "variants: [Bytedance]\n",
            id="capitals",
        ),
        pytest.param(
            ["bytedance", "--as", "Bytedance"],
            "rules/names/accepted.yaml: ByteDance -> Bytedance\n",
            "variants: [ByteDance]\n",
            id="the other capitals",
        ),
    ],
)
def test_a_spelling_is_accepted(args: list[str], line: str, says: str, novel: Path) -> None:
    run("init", cwd=novel)
    run("suggest", "novel.txt", cwd=novel)
    code, _, err = run("accept", *args, cwd=novel)
    assert (code, line in err) == (0, True)
    accepted = (novel / "rules" / "names" / "accepted.yaml").read_text(encoding="utf-8")
    assert says in accepted
    assert "  - before: " in accepted
    assert "mashiro" in args or "- id: mashiro" not in accepted
    canonical = accepted.partition("canonical: ")[2].partition("\n")[0]
    variants = accepted.partition("variants: [")[2].partition("]")[0].split(", ")
    assert run("fix", "novel.txt", cwd=novel)[0] == 0
    text = (novel / "novel.txt").read_text(encoding="utf-8")
    for variant in variants:
        assert not re.search(rf"\b{variant}\b(?! Ito)", text)
    assert canonical in text


def test_what_is_decided_holds_for_the_next_chapter(novel: Path) -> None:
    """Of a new chapter only what is new is shown; no decision is asked for twice."""
    run("init", cwd=novel)
    run("suggest", ".", cwd=novel)
    run("accept", "mashiro", cwd=novel)
    run("reject", "bytedance", cwd=novel)
    chapter = (
        "Masiro slept. Bytedance fell, ByteDance rose, and Bytedance fell, Bytedance, Bytedance."
        " Then Vinzett came. The knight Vinzett met Vinsett, and Vinzett of the north fell.\n"
    )
    (novel / "next.txt").write_text(chapter, encoding="utf-8")
    _, out, err = run("suggest", ".", cwd=novel)
    assert re.findall(r"^\S.*\((\S+)\):", out, re.MULTILINE) == ["lim-hyo-jun", "vinzett"]
    assert "2 files: 2 names, 2 forms, 1 rejected before; kept in " in err
    _, out, _ = run("pending", cwd=novel)
    assert re.findall(r"^(\S+):", out, re.MULTILINE) == ["lim-hyo-jun", "vinzett"]
    run("accept", "--all", cwd=novel)
    _, out, err = run("suggest", ".", cwd=novel)
    assert out == ""
    assert err.endswith("2 files: 0 names, 0 forms, 1 rejected before\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param([], "1 file shows no sign of Korean, so names of the gazetteer", id="one"),
        pytest.param(["two.txt"], "2 files show no sign of Korean, so names", id="two"),
        pytest.param(["empty.txt"], "1 file shows no sign", id="no forms, nothing to say"),
        pytest.param(["--pivot", "ko"], "", id="a pivot is given"),
        pytest.param(["--pivot", "none"], "", id="there is none"),
        pytest.param(["--no-gazetteer"], "", id="no gazetteer"),
        pytest.param(["--names", "own.txt"], "", id="a list of one's own"),
        pytest.param(["--names", "own.txt", "--gazetteer"], "1 file shows", id="and the gazetteer"),
    ],
)
def test_what_was_not_searched_is_said_once(options: list[str], said: str, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("The knight Vinzett came.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("the knight came.\n", encoding="utf-8")
    (tmp_path / "own.txt").write_text("Vinsent\nKaguya\n", encoding="utf-8")
    _, _, err = run("suggest", "--no-keep", "one.txt", *options, cwd=tmp_path)
    assert err.count("no sign of Korean") == bool(said)
    assert said in err


EXPLAINED = [
    pytest.param(
        ["Marwin"],
        "nothing is proposed: a rule has it already\n  rule names/people/ma-yun",
        id="a form with a rule",
    ),
    pytest.param(
        ["Kim Min-soo", "--names", "own.tsv"],
        "what lowers its score: it is written as Koreans write their names",
        id="a Korean",
    ),
    pytest.param(["Jack Ma"], "nothing is proposed: it is a right form of Ma Yun", id="right"),
    pytest.param(["Xqzzy"], "no known name is proposed: none is like it", id="like nothing"),
    pytest.param(["马"], "only what has 2 Latin letters or more can be", id="no Latin letters"),
    pytest.param(["Ab" * 300], "only what has up to ", id="a long form"),
    pytest.param(
        ["Kim Min-soo", "--names", "own.tsv"],
        "no known name is proposed: the likeliest has a score of ",
        id="below the limit",
    ),
    pytest.param(
        ["Gongli"], "proposed in a document that came through Korean, with a", id="proposed"
    ),
    pytest.param(
        ["Gohonghao", "--names", "own.tsv"],
        "proposed in any document, with a score of ",
        id="listed",
    ),
    pytest.param(
        ["Sun Tian-chi"], "Sun Tian-chi <- 쑨티안치 <- Sun Tianqi [", id="how it came about"
    ),
    pytest.param(
        ["Gohongho", "--names", "own.tsv"],
        "Gohongho is listed as a variant of Gao Honghao\n  proposed in any document",
        id="a listed variant",
    ),
    pytest.param(
        ["a.txt:1"],
        "a.txt:1:19: names/people/ma-yun: Marwin -> Ma Yun\n    acts (level fix)",
        id="a place",
    ),
    pytest.param(["a.txt:1:20"], "names/people/ma-yun: Marwin -> Ma Yun", id="a column"),
    pytest.param(["a.txt:1:2"], "no rule has anything to say here", id="a column without a rule"),
]


@pytest.mark.parametrize(("args", "wanted"), EXPLAINED)
def test_explain(args: list[str], wanted: str, folder: Path) -> None:
    own = "canonical\tkind\tzh\tvariants\nGao Honghao\tperson\t高宏浩\tGohongho\nJin Minxiu\n"
    (folder / "own.tsv").write_text(own, encoding="utf-8")
    code, out, err = run("explain", *args, cwd=folder)
    assert (code, err) == (0, "")
    assert wanted in out


def test_explain_says_what_review_knows(novel: Path) -> None:
    run("suggest", "novel.txt", cwd=novel)
    _, out, _ = run("explain", "Masiro", cwd=novel)
    assert "  suggested, and not decided yet: Masiro (2) -> Mashiro (4) (mashiro)\n" in out
    run("reject", "mashiro", "--reason", "two girls", cwd=novel)
    for form in ("Masiro", "Mashiro"):
        _, out, _ = run("explain", form, cwd=novel)
        rejected = r"  rejected: “Masiro” as “Mashiro”, \S+: two girls \(masiro-mashiro\)\n"
        assert re.search(rejected, out)
    run("decisions", "take-back", "masiro-mashiro", cwd=novel)
    assert "rejected" not in run("explain", "Masiro", cwd=novel)[1]


def test_explain_nothing(novel: Path) -> None:
    assert run("explain", " ", cwd=novel) == (
        2,
        "",
        "cleaner: give a form, or a place in a file; it is empty\n",
    )


def test_explain_a_missing_file(folder: Path) -> None:
    assert run("explain", "b.txt:3", cwd=folder) == (
        3,
        "",
        "cleaner: b.txt: there is no such file\n",
    )
