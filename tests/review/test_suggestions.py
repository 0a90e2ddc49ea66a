"""The file of suggestions: it is read as it was written, and mistakes in it are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import RuleError
from cleaner.names.suggestion import Group, Member, Place
from cleaner.project.config import Config
from cleaner.review import pending, suggestions
from cleaner.review.project import Project
from cleaner.review.suggestions import RuleChoice
from cleaner.rules.marks import plain
from cleaner.rules.reader import read_yaml
from cleaner.rules.writer import flow, scalar
from tests.review.strategies import files, texts


@given(texts)
@settings(max_examples=300)
def test_every_text_comes_back_from_yaml(text: str) -> None:
    assert plain(read_yaml(f"a: {scalar(text)}\nb: {flow(text)}\n".encode(), "")) == {
        "a": text,
        "b": [text],
    }


@given(files)
@settings(max_examples=200)
def test_suggestions_come_back_as_they_were_written(given_: tuple[Group, ...]) -> None:
    assert suggestions.parse_suggestions(suggestions.render(given_).encode(), "") == given_


def test_what_yaml_cannot_hold_is_replaced() -> None:
    place = Place("a\udc80.txt", 1, 1, "Ma\x0bWin \x85", 0)
    text = suggestions.render([Group("a", "", (Member("Ma", 1, places=(place,)),))])
    (group,) = suggestions.parse_suggestions(text.encode(), "")
    assert group.members[0].places == (
        Place("a\N{REPLACEMENT CHARACTER}.txt", 1, 1, "Ma\ufffdWin \ufffd", 0),
    )


@given(files, st.data())
@settings(max_examples=150)
def test_decided_forms_are_removed_and_every_other_line_stays(
    given_: tuple[Group, ...], data: st.DataObject
) -> None:
    text = suggestions.render(given_).replace("  members:", "  # mine\n  members:")
    forms = {group.id: [member.form for member in group.members] for group in given_}
    done = {id_: data.draw(st.sets(st.sampled_from(of))) for id_, of in forms.items()}
    left = text
    for id_, chosen in done.items():
        left = pending.without_forms(left, id_, chosen)
    wanted = [
        group._replace(
            members=tuple(member for member in group.members if member.form not in done[group.id])
        )
        for group in given_
    ]
    assert suggestions.parse_suggestions(left.encode(), "") == tuple(
        group for group in wanted if group.members
    )
    assert left.count("# mine") == sum(bool(group.members) for group in wanted)
    assert set(left.split("\n")) - set(text.split("\n")) <= {"groups: []"}


def test_a_file_in_brackets_is_written_again_as_a_whole() -> None:
    text = "kind: suggestions\ngroups: [{id: a, members: [{form: Marwin}, {form: Ma Win}]}]\n"
    (group,) = suggestions.parse_suggestions(
        pending.without_forms(text, "a", ["Marwin"]).encode(), ""
    )
    assert [member.form for member in group.members] == ["Ma Win"]


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        pytest.param("a: 1", "1:1: there is no key `a` here", id="another file"),
        pytest.param(
            "kind: gaps\ngroups: []", "1:1: this is not a file of suggestions", id="another kind"
        ),
        pytest.param(
            "groups:\n- id: a\n  member: []",
            "3:3: there is no key `member` here; did you mean `members`?",
            id="a slip",
        ),
        pytest.param("groups:\n- id: a", "2:3: the key `members` is missing", id="no members"),
        pytest.param(
            "groups:\n- id: A b\n  members: [{form: x}]", "2:7: “A b” is not a valid id", id="no id"
        ),
        pytest.param(
            "groups:\n- id: a\n  members: []", "3:12: `members` is an empty list", id="empty"
        ),
        pytest.param(
            "groups:\n- {id: a, members: [{form: x, score: 2}]}",
            "score: 2` is not a score",
            id="score",
        ),
        pytest.param(
            "groups:\n- {id: a, members: [{form: x, score: nan}]}", "is not a score", id="nan"
        ),
        pytest.param(
            "groups:\n- {id: a, members: [{form: x, count: -1}]}",
            "is not a whole number",
            id="count",
        ),
        pytest.param(
            "groups:\n- {id: a, members: [{form: x}, {form: x}]}",
            "the form “x” is listed twice",
            id="twice",
        ),
        pytest.param(
            "groups:\n- {id: a, members: [{form: x, places: [{at: a, context: x}]}]}",
            "“a” is not a place",
            id="place",
        ),
        pytest.param(
            "groups:\n- {id: a, members: [{form: x}]}\n- {id: a, members: [{form: y}]}",
            "the id `a` is used twice",
            id="two groups of one id",
        ),
        pytest.param(
            "groups:\n- {id: a, type: persom, members: [{form: x}]}",
            "did you mean `person`?",
            id="type",
        ),
        pytest.param("groups:\n- id: a\n members", "this is not YAML", id="no YAML"),
        pytest.param("groups:\n- {id: &a a, members: [{form: x}]}", "&a is an anchor", id="anchor"),
    ],
)
def test_a_broken_file_of_suggestions_is_named(yaml: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "suggestions.yaml"
    path.write_text(
        yaml if yaml.startswith(("a:", "kind")) else f"{yaml}\nkind: suggestions\n",
        encoding="utf-8",
    )
    with pytest.raises(RuleError) as caught:
        suggestions.read_suggestions(path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{path}:")
    assert "\n" not in str(caught.value)


def test_the_error_for_an_empty_file_names_its_first_keys() -> None:
    with pytest.raises(RuleError) as caught:
        suggestions.parse_suggestions(b"\n", "s.yaml")
    remedy = "begin with `kind: suggestions` and `groups:`"
    assert str(caught.value) == f"s.yaml:1:1: this file of suggestions is empty; {remedy}"


def member(form: str, *files: str) -> Member:
    return Member(form, len(files), 0.5, places=tuple(Place(file, 1, 1, form, 0) for file in files))


def test_a_new_search_is_merged_with_what_is_pending() -> None:
    old = [
        Group("ma", "Ma Yun (the founder)", (member("Marwin", "a", "b"), member("Mawin", "a"))),
        Group("gone", "", (member("Foo", "a"),)),
        Group("left", "", (member("Bar", "z"),)),
        Group("empty", "", (member("Qux", "c"),)),
    ]
    new = [
        Group("xi", "Xi", (member("Hsi", "a"),)),
        Group("ma", "Ma Yun", (member("Marwin", "a", "a"),)),
    ]
    joined = pending.merged(old, new, searched=["c"])
    assert [group.id for group in joined] == ["ma", "left", "xi"]
    assert joined[0].canonical == "Ma Yun (the founder)"
    assert [(one.form, one.count) for one in joined[0].members] == [("Marwin", 3)]
    assert pending.merged(joined, new, searched=["c"]) == joined


@pytest.mark.parametrize(
    ("old", "new", "searched", "wanted"),
    [
        pytest.param((), ("a/*",), ["a.txt"], ("a/*",), id="the first search"),
        pytest.param(("b/*",), (), ["a.txt"], (), id="all was searched again"),
        pytest.param(("b/*",), ("a/*",), ["c.txt"], ("a/*", "b/*"), id="another file was searched"),
    ],
)
def test_the_rules_of_the_search_are_kept(
    old: tuple[str, ...],
    new: tuple[str, ...],
    searched: list[str],
    wanted: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def group(file: str) -> Group:
        line = f"Masiro of {file[0]}"
        return Group(
            file[0], "Mashiro", (Member("Masiro", 1, places=(Place(file, 1, 1, line, 0),)),)
        )

    monkeypatch.chdir(tmp_path)
    project = Project(Config(bundled=False))
    project.keep([group("a.txt")], ["a.txt"], RuleChoice(ignore=old))
    found = [group(file) for file in searched]
    project.keep(found, searched, RuleChoice(("x/*",), new))
    text = project.suggestions.read_text(encoding="utf-8")
    kept = suggestions.parse(text.encode(), "")
    assert kept.search == project.search() == RuleChoice(("x/*",), wanted)
    assert suggestions.render(*kept) == text
    left = pending.without_forms(text, kept.groups[0].id, ["Masiro"])
    assert suggestions.parse(left.encode(), "").search == kept.search


@given(files, st.data())
@settings(max_examples=100)
def test_one_group_is_changed_as_if_the_whole_file_were_read(
    given_: tuple[Group, ...], data: st.DataObject
) -> None:
    search = RuleChoice(ignore=("names/*",))
    text = suggestions.render(given_, search).replace("\n- id", "\n# mine\n- id")
    group = data.draw(st.sampled_from([*given_, Group("none", "", ())]))
    forms = [member.form for member in group.members]
    chosen = data.draw(st.sets(st.sampled_from(forms))) if forms else set()
    quickly = pending.without_forms(text, group.id, chosen)
    slowly = pending.without_forms(text.replace("\n", "\r\n"), group.id, chosen)
    assert quickly == slowly.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param('- id: b\n  canonical: "x\n- id: a\n  y"\n', id="a text over two lines"),
        pytest.param("- id: a\n  members: [\n- id: c\n", id="brackets that are not closed"),
        pytest.param("- id: a  # mine\n  members:\n  - form: Ma\n", id="a remark behind the id"),
        pytest.param("- {id: a, members: [{form: Ma}]}\n", id="in brackets"),
    ],
)
def test_lines_that_only_look_like_a_group_are_none(lines: str) -> None:
    whole = "kind: suggestions\ngroups:\n- id: z\n  members:\n  - form: Mo\n" + lines
    try:
        groups = suggestions.parse_suggestions(whole.encode(), "")
    except RuleError:
        with pytest.raises(RuleError):
            pending.without_forms(whole, "a", ["Ma"])
        return
    left = suggestions.parse_suggestions(pending.without_forms(whole, "a", ["Ma"]).encode(), "")
    assert left == tuple(group for group in groups if group.id != "a")
