"""Files that review reads and people edit: they come back as they were written, and what is broken
is named.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import RefusedError, RuleError, UsageError
from cleaner.names.suggestion import Group, Member, Place
from cleaner.project.revision import Undo, revise, undo
from cleaner.review import decisions, suggestions
from cleaner.review.decisions import Decision, without_rejected
from cleaner.rules.marks import plain
from cleaner.rules.reader import read_yaml
from cleaner.rules.writer import flow, scalar
from cleaner.text.edits import Lines

NO_BREAK, LINE = "\N{NO-BREAK SPACE}", "\N{LINE SEPARATOR}"
PIECES = [
    "Marwin",
    "Ma Yun",
    "No",
    " ",
    ": ",
    " #",
    "’",
    "“",
    "-",
    "- ",
    "马云",
    "마윈",
    "é",
    "\t",
    "\\",
    '"',
    "'",
    "[",
    "}",
    ",",
    "\N{ZERO WIDTH SPACE}",
    NO_BREAK,
    LINE,
    "\N{COMBINING ACUTE ACCENT}",
    "\N{HANGUL FILLER}",
    "\U000e0041",
    "0.9",
    "&a",
    "*a",
    "!!str",
    "%",
    "@",
    "`",
    "|",
    ">",
    "?",
    "null",
    "~",
    "2021-01-05",
    "\U0001f600",
    "<<",
    "…",
    ":",
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
names = texts.filter(lambda text: text == text.strip() and bool(text.strip()))
places = st.builds(
    Place,
    names,
    st.integers(1, 10**6),
    st.integers(1, 999),
    st.just("") | texts,
    st.integers(0, 99),
)
members = st.builds(
    Member,
    names,
    st.integers(0, 999),
    st.floats(0, 1),
    st.booleans(),
    st.just("") | names,
    st.lists(places, max_size=2).map(tuple),
)
groups = st.builds(
    Group,
    st.sampled_from(["ma-yun", "a1", "x-2"]),
    st.just("") | names,
    st.lists(members, min_size=1, max_size=3, unique_by=lambda member: member.form).map(tuple),
    st.sampled_from(["", "person", "place"]),
    st.dictionaries(st.sampled_from(["zh", "ko"]), names),
    *[st.lists(names, max_size=2).map(tuple)] * 2,
)
files = st.lists(groups, max_size=3, unique_by=lambda group: group.id).map(tuple)


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
def test_what_was_decided_goes_and_every_other_line_stays(
    given_: tuple[Group, ...], data: st.DataObject
) -> None:
    text = suggestions.render(given_).replace("  members:", "  # mine\n  members:")
    forms = {group.id: [member.form for member in group.members] for group in given_}
    done = {id_: data.draw(st.sets(st.sampled_from(of))) for id_, of in forms.items()}
    left = text
    for id_, chosen in done.items():
        left = suggestions.without_forms(left, id_, chosen)
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


def test_brackets_by_hand_are_understood_and_written_anew() -> None:
    text = "kind: suggestions\ngroups: [{id: a, members: [{form: Marwin}, {form: Ma Win}]}]\n"
    (group,) = suggestions.parse_suggestions(
        suggestions.without_forms(text, "a", ["Marwin"]).encode(), ""
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
        pytest.param(
            "groups:\n- {id: &a a, members: [{form: x}]}", "&a makes an anchor", id="anchor"
        ),
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


def member(form: str, *files: str) -> Member:
    return Member(form, len(files), 0.5, places=tuple(Place(file, 1, 1, form, 0) for file in files))


def test_a_new_search_joins_what_was_waiting() -> None:
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
    joined = suggestions.merged(old, new, searched=["c"])
    assert [group.id for group in joined] == ["ma", "left", "xi"]
    assert joined[0].canonical == "Ma Yun (the founder)"
    assert [(one.form, one.count) for one in joined[0].members] == [("Marwin", 3)]
    assert suggestions.merged(joined, new, searched=["c"]) == joined


DECIDED = Decision("Marwin", "Ma Yuan", "reject", "2026-11-22", "a: goalkeeper")


@pytest.mark.parametrize(
    ("made", "left"),
    [
        pytest.param([DECIDED], ["Mawin"], id="rejected"),
        pytest.param(
            [DECIDED._replace(canonical="Xi")], ["Marwin", "Mawin"], id="rejected for another name"
        ),
        pytest.param(
            [DECIDED._replace(canonical="")], ["Marwin", "Mawin"], id="rejected as no name"
        ),
        pytest.param([DECIDED._replace(form="marwin")], ["Marwin", "Mawin"], id="another case"),
        pytest.param([DECIDED._replace(canonical="Ma  Yuan")], ["Mawin"], id="another space"),
        pytest.param(
            [DECIDED, DECIDED._replace(verdict="accept")],
            ["Marwin", "Mawin"],
            id="the last one counts",
        ),
        pytest.param([DECIDED, DECIDED._replace(form="Mawin")], [], id="all of them"),
    ],
)
def test_rejected_pairs_are_without_rejected(made: list[Decision], left: list[str]) -> None:
    groups, number = without_rejected(
        [Group("ma", "Ma Yuan", (member("Marwin", "a"), member("Mawin", "b")))], made
    )
    assert [one.form for group in groups for one in group.members] == left
    assert number == 2 - len(left)


@given(
    st.lists(
        st.builds(
            Decision,
            names,
            st.just("") | names,
            st.sampled_from(["reject", "accept"]),
            st.just("2026-11-22"),
            st.just("") | names,
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=150)
def test_decisions_come_back_as_they_were_written(made: list[Decision]) -> None:
    text = ""
    for one in made:
        text = decisions.with_decisions(text, [one])
    assert decisions.parse_decisions(text.encode(), "") == tuple(made)
    assert len(decisions.by_id(made)) == len(made)


def test_decisions_are_recorded_once_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / ".cleaner" / "decisions.yaml"
    text = decisions.with_new_decisions("", [DECIDED, DECIDED._replace(form="No")])
    again = DECIDED._replace(date="2026-11-23")
    assert decisions.with_new_decisions(text, [again]) == text
    text = text.replace("- form: Marwin", "# mine\n- form: Marwin").replace("\n", "\r\n")
    path.parent.mkdir()
    path.write_bytes(text.encode())
    taken, done = decisions.take_back(path, "marwin-ma-yuan")
    assert taken == DECIDED
    assert done
    assert b'# mine\r\n- form: "No"\r\n' in path.read_bytes()
    done.undo()
    assert len(decisions.read_decisions(path)) == 2
    with pytest.raises(UsageError, match="there is no decision marwin; did you mean"):
        decisions.take_back(path, "marwin")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("decisions: []\nkind: decisions\n", id="kind last"),
        pytest.param("kind: decisions\ndecisions: []  # none yet\n# end", id="comments"),
        pytest.param("kind: decisions\rdecisions: []\r", id="CR"),
        pytest.param(
            "decisions:\n  - {form: a, verdict: reject, date: 2026-11-22}\n\nkind: decisions\n",
            id="indented",
        ),
    ],
)
def test_decisions_are_added_to_what_somebody_wrote(text: str) -> None:
    before = decisions.parse_decisions(text.encode(), "")
    assert decisions.parse_decisions(decisions.with_decisions(text, [DECIDED]).encode(), "") == (
        *before,
        DECIDED,
    )


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        pytest.param("- form: x", "the key `verdict` is missing", id="no verdict"),
        pytest.param(
            "- {form: x, verdict: rejected, date: 2026-11-22}",
            "did you mean `reject`?",
            id="verdict",
        ),
        pytest.param("- {form: x, verdict: reject, date: 22.11.2026}", "is not a date", id="date"),
        pytest.param(
            "- {form: x, verdict: reject, date: 2026-11-22, why: x}",
            "there is no key `why`",
            id="key",
        ),
        pytest.param("- x", "a decision is text, not a mapping", id="shape"),
    ],
)
def test_a_broken_file_of_decisions_is_named(yaml: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(f"kind: decisions\ndecisions:\n{yaml}\n")
    with pytest.raises(RuleError) as caught:
        decisions.read_decisions(path)
    assert str(caught.value).startswith(f"{path}:3:")
    assert message in str(caught.value)


def test_a_revision_is_taken_back_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a" / "x.yaml"
    made = revise(path, lambda text: f"{text}one\n")
    path.chmod(0o640)
    second = revise(path, lambda text: f"{text}two\n")
    assert made == Undo(path, None, b"one\n")
    assert second
    assert revise(path, lambda text: text) is None
    undo([second])
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"one\n", 0o640)
    undo([made])
    assert not path.exists()


def test_what_somebody_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    made = revise(path, lambda _: "one\n")
    assert made
    path.write_text("mine\n")
    with pytest.raises(RefusedError, match="it was changed since"):
        undo([made])
    assert path.read_text() == "mine\n"


def test_an_editor_that_saves_meanwhile_wins(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("one\n")

    def change(text: str) -> str:
        path.write_text("the editor's\n")
        return f"{text}two\n"

    with pytest.raises(RefusedError, match="changed by somebody else meanwhile"):
        revise(path, change)
    assert path.read_text() == "the editor's\n"
    assert list(tmp_path.iterdir()) == [path]


def test_lines_of_a_text_with_carriage_returns() -> None:
    text = decisions.with_decisions("", [DECIDED]).replace("\n", "\r\n")
    more = decisions.with_decisions(text, [DECIDED._replace(form="x")])
    assert "\n" not in more.replace("\r\n", "")
    assert Lines(more).place(len(more))[0] == Lines(text).place(len(text))[0] + 5


def test_an_empty_file_is_told_its_own_first_keys() -> None:
    with pytest.raises(RuleError) as caught:
        suggestions.parse_suggestions(b"\n", "s.yaml")
    remedy = "begin with `kind: suggestions` and `groups:`"
    assert str(caught.value) == f"s.yaml:1:1: this file of suggestions is empty; {remedy}"
