"""What keys do: tables of key sequences, and arbitrary sequences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.review.screen.effects import Diff, Effect, Open, Quit
from cleaner.review.screen.field import Field, Phrase
from cleaner.review.screen.keys import PAGES
from cleaner.review.screen.screens import screen
from cleaner.review.screen.session import Asking, Pointing, Reading, Session, Typing, begin
from cleaner.review.screen.turn import answered, press
from cleaner.review.session.effects import Accept, Answer, Redo, Reject, Undo
from cleaner.review.session.evidence import proposals
from tests.review.samples import GROUPS, SPELLINGS, TRIAL, UNKNOWN

PROPOSED = {**proposals(GROUPS), **proposals(SPELLINGS)}


class Book(list[Accept | Reject]):
    """The decisions that hold, in order; and those that were taken back, the last one last."""

    def __init__(self) -> None:
        super().__init__()
        self.taken_back: list[Accept | Reject] = []


def carry(session: Session, effect: Effect, book: Book, refuses: str = "") -> Session:
    """Carry out an effect in a list of decisions."""
    if isinstance(effect, Accept) and effect.choices.canonical == refuses:
        return answered(session, effect, Answer("that name is refused", refused=True))
    if isinstance(effect, Accept | Reject):
        book.append(effect)
    if isinstance(effect, Undo):
        book.taken_back.append(book.pop())
    if isinstance(effect, Redo):
        book.append(book.taken_back.pop())
    return answered(session, effect, Answer())


def play(
    keys: Iterable[str], session: Session | None = None, refuses: str = ""
) -> tuple[Session, list[Effect], Book]:
    """The session after keys, all effects they asked for, and the decisions that still hold."""
    session, effects, book = session or begin(GROUPS), list[Effect](), Book()
    for key in keys:
        turn = press(session, key)
        session = turn.session
        for effect in turn.effects:
            effects.append(effect)
            session = carry(session, effect, book, refuses)
    return session, effects, book


def told(effect: Effect) -> str:
    """Return an effect in a few words."""
    match effect:
        case Accept(group, choices):
            more = [f"-{form}" for form in sorted(choices.dropped)] + [
                f"when {phrase}"
                for phrase in choices.evidence
                if phrase not in PROPOSED.get(group.id, ())
            ]
            more += ["everywhere"] if choices.everywhere else []
            more += [f"same {place.line}" for place in choices.same]
            more += [choices.level] if choices.level != "fix" else []
            return " ".join(("accept", group.id, "as", choices.canonical, *more))
        case Reject(group):
            return f"reject {group.id}"
        case Open(place):
            return f"open {place.file}:{place.line}"
        case Diff(group):
            return f"diff {group.id}"
        case Quit(fix):
            return "quit and fix" if fix else "quit"
    return "undo"


TYPED = [*"Nam", "enter"]


@pytest.mark.parametrize(
    ("keys", "effects"),
    [
        pytest.param("a", "accept ma-yun as Ma Yun", id="accept"),
        pytest.param(["enter"], "accept ma-yun as Ma Yun", id="enter accepts"),
        pytest.param("r", "reject ma-yun", id="reject"),
        pytest.param("s", "", id="skip"),
        pytest.param("ssa", "accept xi-an as Xi’an", id="skip leads to the next"),
        pytest.param("2xa", "accept ma-yun as Ma Yun -Ma Win", id="drop the second form"),
        pytest.param(
            ["down", "x", "a"],
            "accept ma-yun as Ma Yun -Ma Win",
            id="drop the form of the marked line",
        ),
        pytest.param("xxa", "accept ma-yun as Ma Yun", id="drop twice takes it back in"),
        pytest.param(
            "1x2x3xa", "accept ma-yun as Ma Yun -Ma Win -Marwin", id="the last form stays"
        ),
        pytest.param("lla", "accept ma-yun as Ma Yun report", id="level"),
        pytest.param("llla", "accept ma-yun as Ma Yun", id="level goes round"),
        pytest.param(
            ["w", "enter", "a"],
            "accept ma-yun as Ma Yun when Alibaba",
            id="evidence: the nearest name",
        ),
        pytest.param(
            ["w", "right", "+", "enter", "a"],
            "accept ma-yun as Ma Yun when fell on",
            id="other evidence",
        ),
        pytest.param(
            ["w", "enter", "w", "enter", "a"], "accept ma-yun as Ma Yun", id="evidence taken back"
        ),
        pytest.param(["w", "escape", "a"], "accept ma-yun as Ma Yun", id="no evidence after all"),
        pytest.param("3na", "accept ma-yun as Ma Yun same 2", id="a line that must stay"),
        pytest.param(
            "3nxa", "accept ma-yun as Ma Yun -Marvin", id="a form that is left out keeps no lines"
        ),
        pytest.param(
            "3xna",
            "accept ma-yun as Ma Yun -Marvin",
            id="lines of a form that is left out stay anyway",
        ),
        pytest.param("3nna", "accept ma-yun as Ma Yun", id="a line may change again"),
        pytest.param(["e", "c-u", *"Ma Yue", "enter", "a"], "accept ma-yun as Ma Yue", id="edit"),
        pytest.param(["e", "down", "enter", "a"], "accept ma-yun as Ma Yuan", id="a rival"),
        pytest.param(
            ["e", "c-u", "paste:马云\n", "enter", "a"], "accept ma-yun as 马云", id="paste a name"
        ),
        pytest.param(["e", "x", "escape", "a"], "accept ma-yun as Ma Yun", id="edit and leave"),
        pytest.param(
            ["e", "c-u", " ", "enter", "a"], "accept ma-yun as Ma Yun", id="an empty name is none"
        ),
        pytest.param(
            ["j", "a", *TYPED],
            "accept namgoong as Nam",
            id="an unknown name: accepted when typed",
        ),
        pytest.param(
            ["j", "e", *TYPED, "a"],
            "accept namgoong as Nam",
            id="an unknown name: typed, then accepted",
        ),
        pytest.param(["j", "a", "escape", "k", "r"], "reject ma-yun", id="an unknown name: left"),
        pytest.param("o", "open articles/alibaba.txt:3", id="open the marked line"),
        pytest.param("2o", "open articles/아주-긴-이름의-기사.txt:120", id="open another line"),
        pytest.param("g", "diff ma-yun", id="golden diff"),
        pytest.param("jg", "", id="no diff without a name"),
        pytest.param("jkr", "reject ma-yun", id="next and previous"),
        pytest.param(["right", "right", "left", "r"], "reject namgoong", id="arrows"),
        pytest.param("au", "accept ma-yun as Ma Yun; undo", id="undo"),
        pytest.param(
            "aua",
            "accept ma-yun as Ma Yun; undo; accept ma-yun as Ma Yun",
            id="undo goes back to it",
        ),
        pytest.param("aka", "accept ma-yun as Ma Yun", id="decided once"),
        pytest.param("ska", "accept ma-yun as Ma Yun", id="what was skipped can be decided"),
        pytest.param("u", "", id="nothing to undo"),
        pytest.param(
            "Ay",
            "accept ma-yun as Ma Yun; accept xi-an as Xi’an; accept zhang as Zhang Zhongmou",
            id="A",
        ),
        pytest.param(
            "rAy",
            "reject ma-yun; accept xi-an as Xi’an; accept zhang as Zhang Zhongmou",
            id="A, the rest",
        ),
        pytest.param("An", "", id="A, but no"),
        pytest.param(
            "AyRy",
            "accept ma-yun as Ma Yun; accept xi-an as Xi’an; accept zhang as Zhang Zhongmou;"
            " reject namgoong",
            id="A, then R",
        ),
        pytest.param(
            "RyAy",
            "reject ma-yun; reject namgoong; reject xi-an; reject zhang",
            id="nothing left for A",
        ),
        pytest.param("S", "", id="S"),
        pytest.param("Sf", "", id="nothing accepted, nothing to fix"),
        pytest.param("aSf", "accept ma-yun as Ma Yun; quit and fix", id="fix at the end"),
        pytest.param(
            ["/", *"西安", "enter", "A", "y"],
            "accept xi-an as Xi’an",
            id="a filter holds for the rest",
        ),
        pytest.param(
            ["/", *"jang", "enter", "r"], "reject zhang", id="a filter goes where it matches"
        ),
        pytest.param(
            ["/", *"nobody", "enter", "r"],
            "reject ma-yun",
            id="a filter that matches nothing is none",
        ),
        pytest.param("q", "quit", id="quit"),
        pytest.param(["e", "c-c"], "quit", id="Ctrl-C quits in every mode"),
        pytest.param(["paste:arA", "F5", "Z"], "", id="other keys do nothing"),
        pytest.param("?a", "", id="help takes a key to leave"),
    ],
)
def test_keys(keys: Sequence[str], effects: str) -> None:
    assert "; ".join(map(told, play(keys)[1])) == effects


@pytest.mark.parametrize(
    ("keys", "effects"),
    [
        pytest.param("a", "accept mashiro as Mashiro", id="the commonest spelling"),
        pytest.param("ca", "accept mashiro as Masiro", id="the marked one"),
        pytest.param("2ca", "accept mashiro as Massiro", id="another one"),
        pytest.param("cca", "accept mashiro as Mashiro", id="twice swaps back"),
        pytest.param("c2ca", "accept mashiro as Massiro", id="one after another"),
        pytest.param("cua", "accept mashiro as Mashiro", id="undo"),
        pytest.param(
            "cxa", "accept mashiro as Masiro -Mashiro", id="the former name can be left out"
        ),
        pytest.param("cxca", "accept mashiro as Mashiro", id="and taken back"),
        pytest.param("xca", "accept mashiro as Masiro", id="what was left out can be the name"),
        pytest.param(["e", "down", "enter", "a"], "accept mashiro as Masiro", id="offered"),
        pytest.param("jca", "accept bytedance as Bytedance", id="capitals"),
    ],
)
def test_spellings_can_be_swapped(keys: Sequence[str], effects: str) -> None:
    assert "; ".join(map(told, play(keys, begin(SPELLINGS))[1])) == effects


def test_a_garbled_form_cannot_be_the_right_one() -> None:
    effects = play("ca")[1]
    assert list(map(told, effects)) == ["accept ma-yun as Ma Yun"]
    assert play("c")[0].message.text == (
        "“Marwin” is a garbled form, not another spelling. Press e to type a name."
    )


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param("u", "There is nothing to take back.", id="undo"),
        pytest.param(
            "1x2x3x", "The last form cannot be dropped. r rejects the name.", id="last form"
        ),
        pytest.param(
            ["/", "#", "enter"],
            "No name, form or file contains “#”. The filter is unchanged.",
            id="filter",
        ),
        pytest.param("Z", "This key does nothing here. ? shows all keys.", id="key"),
        pytest.param("aka", "Already accepted. Press u to take back the last step.", id="decided"),
        pytest.param("9", "There is no form 9.", id="form"),
        pytest.param(
            "3xn", "“Marvin” is left out, so its lines stay as they are.", id="stays anyway"
        ),
        pytest.param("Ay", "3 accepted. Press u to take them back.", id="all accepted"),
        pytest.param("Ry", "4 rejected. Press u to take them back.", id="all rejected"),
        pytest.param("SA", "Nothing is left that can be accepted.", id="nothing to accept"),
        pytest.param("SR", "Nothing is left to decide.", id="nothing to reject"),
        pytest.param("a", "Accepted: Ma Yun. Press u to take it back.", id="accepted"),
    ],
)
def test_every_key_says_what_it_did(keys: Sequence[str], message: str) -> None:
    assert play(keys)[0].message.text == message


def test_a_refusal_is_told_and_decides_nothing() -> None:
    session, _, book = play("a", refuses="Ma Yun")
    assert (session.message.text, session.message.bad) == ("that name is refused", True)
    assert (session.statuses, book, session.current) == ({}, [], 0)


def test_what_was_typed_survives_a_refusal() -> None:
    session, _, _ = play(["j", "a", *TYPED], refuses="Nam")
    assert session.chosen(UNKNOWN).canonical == "Nam"
    assert "namgoong" not in session.statuses


def test_a_refused_name_stays_pending_when_the_rest_is_accepted() -> None:
    session, _, book = play("Ay", refuses="Xi’an")
    assert [told(one) for one in book] == [
        "accept ma-yun as Ma Yun",
        "accept zhang as Zhang Zhongmou",
    ]
    assert session.message.text == "that name is refused"
    assert [session.groups[number].id for number in session.pending] == ["namgoong", "xi-an"]


def test_the_rest_is_taken_back_together() -> None:
    session, effects, book = play("rAyu")
    assert [told(one) for one in book] == ["reject ma-yun"]
    assert session.current == 1
    assert effects.count(Undo()) == 2


def test_one_key_decides_each_name() -> None:
    known = tuple(group for group in GROUPS if group.canonical)
    session, _, book = play(["enter"] * len(known), begin(known))
    assert (len(book), session.group, session.pending) == (len(known), None, ())


def test_no_groups_at_all() -> None:
    session, effects, _ = play(["a", "x", "j", "k", "u", "A", "w", "down", "f"], begin(()))
    assert (session.group, effects) == (None, [])


KEYS = [key for _, keys in PAGES for one in keys for key in one.key.split()]
EVERY = st.sampled_from(
    [
        *KEYS,
        "enter",
        "escape",
        "up",
        "down",
        "left",
        "right",
        "tab",
        "s-tab",
        "backspace",
        "delete",
        "home",
        "end",
        "c-a",
        "c-u",
        "c-w",
        "c-e",
        "c-l",
        "+",
        "-",
        " ",
        "y",
        "f",
        *"123456789",
        "é",
        "마",
        "云",
        "paste:Ma\tYun",
        "paste:",
        "e\N{COMBINING ACUTE ACCENT}",
        "f1",
        "\N{ZERO WIDTH JOINER}",
        "\x00",
    ]
)


@given(keys=st.lists(EVERY, max_size=60), refuses=st.sampled_from(["", "Ma Yun", "Xi’an"]))
def test_any_keys(keys: list[str], refuses: str) -> None:
    """No key fails or loses a decision, and undoing everything leads back to the beginning.

    After each key, the session shows exactly the decisions that were carried out.
    """
    session, book = begin((*SPELLINGS, *GROUPS)), Book()
    for key in [*keys, "escape", *["escape", "u"] * len(keys)]:
        turn = press(session, key)
        session = turn.session
        for effect in turn.effects:
            session = carry(session, effect, book, refuses)
        decided = {id_: status for id_, status in session.statuses.items() if status != "skipped"}
        wanted = {
            one.group.id: "accepted" if isinstance(one, Accept) else "rejected" for one in book
        }
        assert decided == wanted
        assert len(wanted) == len(book)
        assert not session.group or session.row == 0 or session.marked
        assert sum(step.carried_out for step in session.history) == len(book)
    assert (session.statuses, session.choices, session.history, book) == ({}, {}, (), [])


@given(
    keys=st.lists(EVERY, max_size=12),
    width=st.integers(min_value=1, max_value=130),
    height=st.integers(min_value=1, max_value=45),
    tried=st.booleans(),
)
def test_any_screen_fits(keys: list[str], width: int, height: int, tried: bool) -> None:
    """As many lines as the screen has, none wider, and nothing in them that moves the cursor."""
    session = play(keys)[0]
    drawn = screen(session, TRIAL if tried else None, width, height)
    assert len(drawn.lines) == height
    for line in drawn.lines:
        assert line.cell_len <= width
        assert line.plain.isprintable()
    if drawn.cursor:
        assert 0 <= drawn.cursor[0] < height
        assert 0 <= drawn.cursor[1] < width


@pytest.mark.parametrize(
    ("text", "keys", "after"),
    [
        pytest.param("Ma", [" ", "Y"], "Ma Y|", id="type"),
        pytest.param("Ma", ["left", "x"], "Mx|a", id="in the middle"),
        pytest.param("마윈", ["backspace"], "마|", id="Hangul"),
        pytest.param(
            "Jose\N{COMBINING ACUTE ACCENT}", ["backspace"], "Jos|", id="a letter with its accent"
        ),
        pytest.param(
            "Jose\N{COMBINING ACUTE ACCENT}",
            ["left", "left", "delete"],
            "Jo|e\N{COMBINING ACUTE ACCENT}",
            id="delete",
        ),
        pytest.param("Ma Yun", ["c-w"], "Ma |", id="a word"),
        pytest.param("Ma Yun", ["home", "delete", "end"], "a Yun|", id="home and end"),
        pytest.param("Ma Yun", ["c-u"], "|", id="everything"),
        pytest.param("", ["paste:Ma\nYun "], "Ma Yun|", id="paste is one line"),
        pytest.param("", ["\x1b", "f1", "c-q"], "|", id="no text"),
    ],
)
def test_field(text: str, keys: list[str], after: str) -> None:
    field = Field.holding(text)
    for key in keys:
        field = field.pressed(key)
    assert f"{field.text[: field.cursor]}|{field.text[field.cursor :]}" == after


@pytest.mark.parametrize(
    ("line", "keys", "text"),
    [
        pytest.param("Ant Group waits, and X with it.", [], "Ant Group", id="a name of two words"),
        pytest.param("Alibaba’s X left on Monday.", [], "Alibaba", id="no possessive"),
        pytest.param("X left on Monday for Hangzhou.", [], "Hangzhou", id="no day"),
        pytest.param(
            "The boss, X, is in Hsinchu.", [], "Hsinchu", id="no first word of a sentence"
        ),
        pytest.param("then X left", [], "then", id="no name at all"),
        pytest.param("Ma X Yun", ["left", "+"], "Ma", id="not across the form"),
        pytest.param("Ma X Yun", ["left", "right", "right"], "Yun", id="to and fro"),
        pytest.param(
            "one two three X", ["left", "left", "+", "+", "+", "-"], "one two", id="longer, shorter"
        ),
        pytest.param("马云 X 说", [], "马云", id="Hanzi"),
    ],
)
def test_phrase(line: str, keys: list[str], text: str) -> None:
    phrase = Phrase.nearest(line, line.index("X"), line.index("X") + 1)
    for key in keys:
        phrase = phrase and phrase.pressed(key)
    assert phrase
    assert phrase.text == text


def test_a_line_without_other_words_has_no_evidence() -> None:
    assert Phrase.nearest("Marwin.", 0, 6) is None


def test_modes() -> None:
    kinds = {key: type(play(key)[0].mode) for key in "e/wAR?g"}
    wanted = dict(
        zip("e/wAR?g", (Typing, Typing, Pointing, Asking, Asking, Reading, Reading), strict=True)
    )
    assert kinds == wanted
