"""Mentions, suggestions and explanations: what is proposed, and above all what is not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, load_rules
from cleaner.engine.trace import Explanation
from cleaner.formats import for_name, plain
from cleaner.names.gazetteer import Name, bundled, known
from cleaner.names.mentions import mentions
from cleaner.names.suggest import Finder, suggest
from cleaner.names.suggestion import Group
from cleaner.rules import layers
from cleaner.text.edits import Span
from tests.samples import CLEAN, SEEDS, read

TRACE = " [AP=연합뉴스]"  # of the Korean pivot

MENTIONS = [
    pytest.param("Marwin fell.", ["Marwin"], id="one word"),
    pytest.param("Today Ma Win fell.", ["Ma Win"], id="two ordinary words"),
    pytest.param("The mayor fell. But Win fell.", [], id="ordinary words alone"),
    pytest.param("They met Sun Tian-chi.", ["Sun Tian-chi", "Tian-chi"], id="with a hyphen"),
    pytest.param("Chairman Jang Pan spoke.", ["Jang", "Jang Pan"], id="a title before it"),
    pytest.param("On Monday Jangfan spoke in March.", ["Jangfan"], id="days and months"),
    pytest.param("Marwin’s and Jangfan's firms", ["Marwin", "Jangfan"], id="possessives"),
    pytest.param("the Zhangfan-led firm", ["Zhangfan"], id="a participle behind it"),
    pytest.param(
        "called’Zhangfan’ and the’Marwin rule’", ["Zhangfan", "Marwin"], id="glued quotation marks"
    ),
    pytest.param("O’Dowd of Xi’anmen", ["O'Dowd", "Xi'anmen"], id="apostrophes of names"),
    pytest.param("I’ve said They’re Don’t", [], id="contractions"),
    pytest.param("JANGFAN SPOKE", ["Jangfan"], id="in capitals"),
    pytest.param("IPO, WSJ and GDP of the EU", [], id="abbreviations"),
    pytest.param(
        "Jang\nfan and Sun\n\nTian-chi", ["Jang", "Tian-chi"], id="across lines, not across blocks"
    ),
    pytest.param(
        "Sun\nTian-chi said it would be a long line that somebody wrapped",
        ["Sun Tian-chi", "Tian-chi"],
        id="over a line end",
    ),
    pytest.param(
        "He (Jangfan) and “Marwin”, too", ["Jangfan", "Marwin"], id="brackets and quotation marks"
    ),
    pytest.param(
        "Kang So-young (江疏影)",
        ["Kang", "Kang So-young:江疏影", "So-young:江疏影"],
        id="with its key",
    ),
    pytest.param("see www.jangfan.com, @Jangfan and Jangfan.txt", [], id="addresses"),
    pytest.param("Taobao Marwin", ["Marwin"], id="beside a right name"),
    pytest.param("Kim Min-soo and Jangfan", ["Jangfan"], id="beside a Korean"),
    pytest.param("", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "wanted"), MENTIONS)
def test_mentions(text: str, wanted: list[str]) -> None:
    found = mentions(
        plain.document(text), known={"Taobao"}.__contains__, korean={"Kim Min-soo"}.__contains__
    )
    assert [f"{one.form}:{one.hanja}" if one.hanja else one.form for one in found] == wanted
    for one in found:
        for span in one.spans:
            assert (
                span.of(text).casefold().replace("\n", " ").replace("’", "'") == one.form.casefold()
            )


PIECES = ["Marwin", "Ma", "Win", " ", "\n", "’s", "'", "-", "(二選一)", "the", "Kim", ". ", "JANG"]


@given(st.lists(st.sampled_from(PIECES)))
def test_mentions_stand_where_they_say(pieces: list[str]) -> None:
    text = "".join(pieces)
    for one in mentions(plain.document(text)):
        assert one.spans == tuple(sorted(set(one.spans)))
        for span in one.spans:
            assert span.of(text).split()
            assert 0 <= span.start < span.end <= len(text)


NAMES = [
    Name("Ma Yun", "person", "马云", "마윈", ("Jack Ma",)),
    Name("Jiang Fan", "person", "蒋凡", "장판"),
    Name("Zhang Fan", "person", "张帆", "장판"),
    Name("Xu Lin", "person", "徐麟", "쉬린"),
    Name("Shilin", "place", "石林", "스린"),
    Name("Jiang Shuying", "person", "江疏影", "장수잉"),
    Name("JD.com", "organisation", "京东", "징둥"),
    Name("Taobao", "organisation"),
    Name("Tiananmen", "place", "天安门"),
]

SUGGESTED = [
    pytest.param("Marwin fell.", {"Marwin": "Ma Yun"}, id="by sound"),
    pytest.param(
        "Marwin fell, and Ma Win.",
        {"Marwin": "Ma Yun", "Ma Win": "Ma Yun"},
        id="ordinary, but supported",
    ),
    pytest.param("Can Ma Win it?", {}, id="ordinary words without support"),
    pytest.param(
        "Ma Yun is here. Ma Win, too.", {"Ma Win": "Ma Yun"}, id="supported by the right name"
    ),
    pytest.param("Ma Yun and Jack Ma are here.", {}, id="right names"),
    pytest.param(
        "Xu Lin spoke. Shirin, too.",
        {"Shirin": "Xu Lin"},
        id="the name that stands in the document",
    ),
    pytest.param("Jangfan spoke.", {"Jangfan": "Jiang Fan|Zhang Fan"}, id="homophones"),
    pytest.param(
        "Kang So-young (江疏影) smiled.", {"Kang So-young": "Jiang Shuying"}, id="the key decides"
    ),
    pytest.param("Jiang Shuying (江疏影) smiled.", {}, id="a right name with its key"),
    pytest.param("the Lee Sun-il (二選一)", {"Lee Sun-il": ""}, id="a reading of what is no name"),
    pytest.param("Yoon Suk-yeol (尹錫悅) spoke.", {}, id="a Korean with characters"),
    pytest.param("Reporter Kim Min-soo and Lee Dae-hee", {}, id="Koreans"),
    pytest.param(
        "Jingdong sells books.", {"Jingdong": "JD.com"}, id="the pinyin of its characters"
    ),
    pytest.param("Tian’anmen is a gate.", {}, id="an apostrophe is no garble"),
    pytest.param(
        "Gwonhwi fell. Kwonhwi rose.", {"Gwonhwi": "", "Kwonhwi": ""}, id="two spellings of nobody"
    ),
    pytest.param("Uighur and Uighurs", {}, id="a plural"),
]


@pytest.mark.parametrize(("text", "wanted"), SUGGESTED)
def test_suggestions(text: str, wanted: dict[str, str]) -> None:
    groups = suggest([("a.txt", text + TRACE)], NAMES)
    said = {
        member.form: "|".join((group.canonical, *group.rivals))
        for group in groups
        for member in group.members
    }
    assert said == wanted
    for group in groups:
        for member in group.members:
            assert member.why.startswith(f"{member.form} ")
            for place in member.places:
                assert place.context[place.start :].startswith(member.form)
                assert text.split("\n")[place.line - 1][place.column - 1 :].startswith(member.form)


def test_homophones_are_never_strong() -> None:
    [group] = suggest([("a.txt", "Jangfan spoke." + TRACE)], NAMES)
    assert not group.strong


def test_without_traces_of_the_pivot_less_is_believed() -> None:
    assert suggest([("a.txt", "Marwin fell.")], NAMES) == []
    assert suggest([("a.txt", "Marwin fell.")], NAMES, pivot="ko") != []


def test_what_was_rejected_does_not_come_back() -> None:
    text = "Marwin fell. Mawin fell. Jangfan fell." + TRACE
    held = {("Marwin", "Ma Yun"), ("Jangfan", "Jiang Fan")}
    groups = suggest(
        [("a.txt", text)], NAMES, held=lambda form, canonical: (form, canonical) in held
    )
    said = {member.form: group.canonical for group in groups for member in group.members}
    assert said == {"Mawin": "Ma Yun", "Jangfan": "Zhang Fan"}


def test_several_documents_count_together() -> None:
    groups = suggest([(f"{n}.txt", "Marwin fell, said Marwin." + TRACE) for n in range(30)], NAMES)
    [member] = groups[0].members
    assert (member.count, len(member.places)) == (60, 20)
    assert {place.file for place in member.places} == {f"{n}.txt" for n in range(10)}


def test_the_order_of_documents_changes_no_group() -> None:
    pages = [
        ("a.txt", "Marwin and Jangfan." + TRACE),
        ("b.txt", "Ma-win and Xu Lin, Shirin." + TRACE),
    ]

    def plain_groups(groups: list[Group]) -> set[tuple[str, frozenset[str]]]:
        return {
            (group.canonical, frozenset(member.form for member in group.members))
            for group in groups
        }

    assert plain_groups(suggest(pages, NAMES)) == plain_groups(suggest(pages[::-1], NAMES))


def test_formats_count() -> None:
    page = "`Marwin` and [x](Marwin.html), but Jangfan." + TRACE
    said = {member.form for group in suggest([("a.md", page)], NAMES) for member in group.members}
    assert said == {"Jangfan"}


# --- with all names there are

ELEVEN = {
    "Marwin": "Ma Yun",
    "Ma Win": "Ma Yun",
    "Ma-win": "Ma Yun",
    "Mar-win": "Ma Yun",
    "Jang Pan": "Jiang Fan",
    "Jangfan": "Jiang Fan",
    "Zhangfan": "Jiang Fan",
    "Shirin": "Xu Lin",
    "Jing Xian-dong": "Jing Xiandong",
    "Sun Tian-chi": "Sun Tianqi",
    "Antgroup": "Ant Group",
}


@pytest.fixture(scope="module")
def everybody() -> list[Name]:
    return bundled(layers.bundled())


def test_the_gazetteer_proposes_what_rules_know(everybody: list[Name]) -> None:
    """In each seed: of the forms the issue of this project began with, all that stand there, and
    nobody else.
    """
    rules = load_rules()
    cleaner = Cleaner(rules)
    for path in SEEDS:
        text = read(path)
        forms = {
            edit.span.of(text)
            for edit in cleaner.clean(text).edits
            if edit.rule.startswith("names/")
        }
        groups = suggest([(path.name, text)], everybody)
        said = {member.form: group.canonical for group in groups for member in group.members}
        for form in forms & ELEVEN.keys():
            if form != "Shirin" or "Xu Lin" in text:
                assert said[form] == ELEVEN[form], (path.name, form)


def test_good_pages_have_hardly_a_proposal(everybody: list[Name]) -> None:
    for path in CLEAN:
        finder = Finder(everybody)
        finder.add(path.name, for_name(path.name)(read(path)), "auto")
        groups = finder.groups()
        assert not any(group.strong for group in groups), path.name
        assert len(groups) <= 1, path.name


# --- why rules are silent

SILENT = [
    pytest.param("Alibaba and Marwin.", "", id="fires"),
    pytest.param("Marwin scored.", "the document names none of: Alibaba, ", id="no evidence"),
    pytest.param(
        "Alibaba and Marwin Hitz.", "it is part of “Marwin Hitz”, which is right", id="unless"
    ),
    pytest.param(
        "Alibaba: www.Marwin.com/Marwin",
        "it is in code, a link, an address or a tag",
        id="protected",
    ),
]


@pytest.mark.parametrize(("text", "why"), SILENT)
def test_why_a_rule_does_not_act(text: str, why: str) -> None:
    explanation = Explanation()
    Cleaner(load_rules()).clean(text, tracer=explanation)
    found = [one for one in explanation.outcomes if one.edit.rule == "names/people/ma-yun"]
    last = text.rindex("Marwin")
    assert [one.edit.span for one in found][-1:] == [Span(last, last + 6)]
    assert all(one.why_not.startswith(why) and bool(one.why_not) == bool(why) for one in found)


# --- on the command line


def run(*args: str, cwd: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *args],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(
        "Taobao belongs to Marwin, and Gao Honghao to Gohonghao." + TRACE, encoding="utf-8"
    )
    (tmp_path / "own.tsv").write_text(
        "canonical\tkind\tzh\nGao Honghao\tperson\t高宏浩\n", encoding="utf-8"
    )
    return tmp_path


def test_suggest_prints_and_keeps(folder: Path) -> None:
    code, out, err = run(
        "suggest", "--ignore", "names/*", "--names", "own.tsv", "a.txt", cwd=folder
    )
    assert code == 0
    assert "Ma Yun (ma-yun): person 马云 마윈, also Jack Ma\n" in out
    assert (
        "    Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]\n    a.txt:1:19: Taobao belongs to Marwin"
        in out
    )
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


def test_suggest_as_json_and_yaml(folder: Path) -> None:
    _, out, _ = run(
        "suggest", "--ignore", "names/*", "--no-keep", "--format", "json", "a.txt", cwd=folder
    )
    [group] = json.loads(out)["groups"]
    assert (group["canonical"], group["members"][0]["form"]) == ("Ma Yun", "Marwin")
    _, out, _ = run(
        "suggest", "--ignore", "names/*", "--no-keep", "--format", "yaml", "a.txt", cwd=folder
    )
    assert "\nkind: suggestions\ngroups:\n- id: ma-yun\n" in out
    assert (
        run(
            "suggest",
            "--no-keep",
            "--ignore",
            "names/*",
            "--score-cutoff",
            "1",
            "a.txt",
            cwd=folder,
        )[1]
        == ""
    )


def test_suggest_goes_on_without_a_file_that_cannot_be_read(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"caf\xe9")
    code, out, err = run("suggest", "--ignore", "names/*", "b.txt", "a.txt", cwd=folder)
    assert (code, "Ma Yun" in out) == (3, True)
    assert "b.txt: left alone: byte 0xE9" in err


EXPLAINED = [
    pytest.param(["Marwin"], "rule names/people/ma-yun", id="a form with a rule"),
    pytest.param(
        ["Kim Min-soo"], "left alone: it is written as Koreans write their names", id="a Korean"
    ),
    pytest.param(["Jack Ma"], "left alone: it is a right form of Ma Yun", id="a right form"),
    pytest.param(["Tribunal"], "left alone: it is an ordinary word of English", id="a word"),
    pytest.param(
        ["Sun Tian-chi"], "Sun Tian-chi <- 쑨티안치 <- Sun Tianqi [", id="how it came about"
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
    code, out, err = run("explain", *args, cwd=folder)
    assert (code, err) == (0, "")
    assert wanted in out


def test_explain_a_file_that_is_not_there(folder: Path) -> None:
    assert run("explain", "b.txt:3", cwd=folder) == (
        2,
        "",
        "cleaner: b.txt: there is no such file\n",
    )


def test_names_of_rules_and_of_the_gazetteer_agree() -> None:
    """A name that stands in both is written alike, and means the same characters."""
    rules, listed = load_rules(), {name.canonical: name for name in bundled(layers.bundled())}
    for rule in rules:
        source = getattr(rule.options, "source", {})
        if (
            (name := listed.get(getattr(rule.options, "canonical", "")))
            and name.hanzi
            and "zh" in source
        ):
            assert name.hanzi == source["zh"], rule.id
    assert len(known(rules)) > len(listed)
