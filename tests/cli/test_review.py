"""`cleaner review` in a folder of articles: from suggestions on disk to rules on disk, and back."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

from cleaner.names.suggestion import Group, Member, Place
from cleaner.review import suggestions
from tests.command import DAMAGED, USUAL, run
from tests.review.screen.test_terminal import SGR

ARTICLE = """\
The chairman, Jang Jung-mou, spoke in Hsinchu on Tuesday.

“Nobody waits for chips,” said Jeong Jungmow of the Taiwanese firm.

Jang Jungmo of Busan is a painter.

Then Namgoong-min left, and Nam Gungmin stayed.
"""
RULES = "rules/names/accepted.yaml"
DECISIONS = ".cleaner/decisions.yaml"
NOTHING = "nothing is pending; cleaner suggest looks for names, cleaner fix cleans the texts"


def member(form: str, score: float) -> Member:
    """A form of the article, with its place."""
    line = next(number for number, text in enumerate(ARTICLE.splitlines(), 1) if form in text)
    context = ARTICLE.splitlines()[line - 1]
    start = context.index(form)
    return Member(form, 1, score, places=(Place("a.txt", line, start + 1, context, start),))


GROUPS = (
    Group(
        "zhang-zhongmou",
        "Zhang Zhongmou",
        (member("Jang Jung-mou", 0.9), member("Jeong Jungmow", 0.8), member("Jang Jungmo", 0.7)),
        "person",
        {"zh": "张忠谋", "ko": "장중머우"},
    ),
    Group("nam-gung-min", "", (member("Namgoong-min", 0.5), member("Nam Gungmin", 0.5)), "person"),
    Group("busan", "Pusan", (member("Busan", 0.6),), "place"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article, set up, and suggestions about it."""
    assert run("init", cwd=tmp_path)[0] == 0
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / suggestions.PATH).parent.mkdir(exist_ok=True)
    (tmp_path / suggestions.PATH).write_text(suggestions.render(GROUPS), encoding="utf-8")
    return tmp_path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("lock")
    }


def play(folder: Path, *steps: tuple[str, str], env: dict[str, str] | None = None) -> str:
    """Press keys, each time waiting for what is then to be seen; the last step ends the review.
    What was written.
    """
    full = {**USUAL, "TERM": "xterm", **(env or {})}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cleaner", "review"],
        cwd=str(folder),
        env=full,
        dimensions=(24, 80),
        timeout=60,
        encoding="utf-8",
    )
    written = ""
    try:
        child.expect_exact("1 of ")
        for keys, seen in steps:
            child.send(keys)
            child.expect_exact(seen)
            written += str(child.before) + str(child.after)
        child.expect(pexpect.EOF)
        written += str(child.before)
    finally:
        child.close(force=True)
    assert "Traceback" not in written
    return SGR.sub("", written)


def text(folder: Path, name: str) -> str:
    """A file of the folder, "" if there is none."""
    return (folder / name).read_text(encoding="utf-8") if (folder / name).exists() else ""


def test_decisions_become_rules_and_fix_applies_them(folder: Path) -> None:
    said = play(
        folder,
        ("3x", "left out"),
        ("1w", "Act only in texts that contain"),
        ("\r", "only in texts that contain "),
        ("a", "Accepted: Jang Jung-mou, Jeong Jungmow → Zhang Zhongmou"),
        ("a", "The right name:"),
        ("Namgung Min\r", "Accepted: Namgoong-min, Nam Gungmin → Namgung Min"),
        ("r", "Everything is decided."),
        ("f", "fixes by "),
    )
    assert "2 accepted, 1 rejected, 0 pending" in said
    rules = text(folder, RULES)
    for line in (
        "canonical: Zhang Zhongmou",
        "variants: [Jang Jung-mou, Jeong Jungmow]",
        "canonical: Namgung Min",
    ):
        assert line in rules
    assert "Hsinchu" in rules.partition("examples")[0]
    assert "form: Jang Jungmo\n" in text(folder, DECISIONS)
    assert "form: Busan\n" in text(folder, DECISIONS)
    assert text(folder, "a.txt") == (
        ARTICLE.replace("Jang Jung-mou", "Zhang Zhongmou")
        .replace("Jeong Jungmow", "Zhang Zhongmou")
        .replace("Namgoong-min", "Namgung Min")
        .replace("Nam Gungmin", "Namgung Min")
    )
    assert run("review", cwd=folder)[::2] == (
        0,
        NOTHING + "\n",
    )


def test_undo_of_everything_leaves_every_byte(folder: Path) -> None:
    before = snapshot(folder)
    play(
        folder,
        ("a", "Accepted"),
        ("r", "Rejected"),
        ("u", "Taken back"),
        ("u", "1 of 3 · 3 left"),
        ("q", "0 accepted, 0 rejected, 3 pending"),
    )
    assert snapshot(folder) == before


def test_all_the_rest_and_undo(folder: Path) -> None:
    before = snapshot(folder)
    play(
        folder,
        ("A", "Accept all 2"),
        ("y", "2 accepted"),
        ("u", "3 left"),
        ("\x03", "0 accepted, 0 rejected, 3 pending"),
    )
    assert snapshot(folder) == before


def test_quit_half_way_and_go_on(folder: Path) -> None:
    assert "to apply what you accepted: cleaner fix a.txt" in play(
        folder, ("a", "Accepted"), ("q", "2 pending")
    )
    said = play(
        folder, ("j", "Is this "), ("r", "1 rejected"), ("q", "0 accepted, 1 rejected, 1 pending")
    )
    assert "cleaner fix" not in said
    code, out, _ = run("review", cwd=folder)
    assert (code, out.splitlines()[1:]) == (
        1,
        ["cleaner accept nam-gung-min --as NAME", "cleaner reject nam-gung-min"],
    )


def test_a_line_that_must_stay_stays(folder: Path) -> None:
    """The words around it are left alone, also in a text that has the evidence of the rule."""
    play(folder, ("3n", "must stay"), ("a", "Accepted"), ("q", "1 accepted"))
    assert "unless: [Jang Jungmo of Busan]" in text(folder, RULES)
    assert run("fix", "a.txt", cwd=folder)[0] == 0
    assert "Jang Jungmo of Busan is a painter." in text(folder, "a.txt")
    assert text(folder, "a.txt").count("Zhang Zhongmou") == 2


def test_what_is_refused_changes_nothing_and_is_told(folder: Path) -> None:
    before = snapshot(folder)
    (folder / RULES).write_text("kind: nme\n", encoding="utf-8")
    code, _, err = run("review", cwd=folder)
    assert code == 1
    said = play(folder, ("a", "accepted.yaml:1:7"), ("q", "0 accepted"))
    assert "did you mean" in said
    assert snapshot(folder) == {**before, RULES: b"kind: nme\n"}
    assert "pending" in err


def test_a_rules_file_that_is_changed_meanwhile_loses_only_what_is_taken_back(folder: Path) -> None:
    full = {**USUAL, "TERM": "xterm"}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cleaner", "review"],
        cwd=str(folder),
        env=full,
        dimensions=(24, 80),
        timeout=60,
        encoding="utf-8",
    )
    child.expect_exact("1 of 3")
    child.send("a")
    child.expect_exact("Accepted")
    changed = text(folder, RULES) + "# a remark\n"
    (folder / RULES).write_text(changed, encoding="utf-8")
    child.send("u")
    child.expect_exact("Taken back: Zhang Zhongmou is not decided.")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    left = text(folder, RULES)
    assert (left.endswith("# a remark\n"), "Zhang" in left) == (True, False)


def test_a_document_that_is_gone_is_no_trouble(folder: Path) -> None:
    (folder / "a.txt").unlink()
    play(
        folder, ("o", "is gone; run cleaner suggest again"), ("r", "Rejected"), ("q", "1 rejected")
    )


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"CI": "true"}], ids=["dumb", "CI"])
def test_where_no_screen_can_be_shown_the_commands_are_printed(
    folder: Path, env: dict[str, str]
) -> None:
    before = snapshot(folder)
    full = {**USUAL, "TERM": "xterm", **env}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cleaner", "review"],
        cwd=str(folder),
        env=full,
        timeout=60,
        encoding="utf-8",
    )
    child.expect(pexpect.EOF)
    said = str(child.before).replace("\r", "")
    child.close()
    assert child.exitstatus == 1
    assert said == (
        "# Jang Jung-mou (1), Jeong Jungmow (1), Jang Jungmo (1) -> Zhang Zhongmou\n"
        "cleaner accept zhang-zhongmou\ncleaner reject zhang-zhongmou\n"
        "# Namgoong-min (1), Nam Gungmin (1) -> ?\n"
        "cleaner accept nam-gung-min --as NAME\ncleaner reject nam-gung-min\n"
        "# Busan (1) -> Pusan\ncleaner accept busan\ncleaner reject busan\n"
        "3 suggestions pending; to decide with single keys, use a terminal,"
        " or cleaner review --web\n"
    )
    assert snapshot(folder) == before


@pytest.mark.parametrize("face", [(), ("--web", "--no-open")], ids=["terminal", "page"])
@pytest.mark.parametrize(
    ("paths", "code", "said"),
    [
        pytest.param(["none.txt"], 3, "none.txt: left alone: there is no such file", id="missing"),
        pytest.param(["latin.txt"], 3, "latin.txt: left alone: byte 0xE9", id="left alone"),
        pytest.param(["empty"], 0, "nothing to read", id="an empty folder"),
        pytest.param(
            ["none.txt", "good.txt"], 3, "none.txt: left alone", id="one of two is missing"
        ),
        pytest.param(["good.txt"], 0, "", id="nothing to find"),
        pytest.param([], 0, NOTHING, id="nothing is pending"),
    ],
)
def test_no_page_and_no_screen_is_opened_for_nothing(
    paths: list[str], code: int, said: str, face: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "good.txt").write_text("It was a fine day.\n", encoding="utf-8")
    found, out, err = run("review", *face, *paths, cwd=tmp_path)
    assert (found, out) == (code, "")
    assert said in err
    assert err.count("\n") <= max(len(paths), 1) + ("good.txt" in paths)
    assert list(tmp_path.glob(".cleaner/*")) == []


def test_what_the_search_left_out_is_left_out_of_trials(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED + "\n", encoding="utf-8")
    ignore = ("--ignore", "names/*", "--gazetteer", "--pivot", "ko")
    assert run("suggest", *ignore, "a.txt", cwd=tmp_path)[0] == 0
    assert "1 change in 1 file" in run("pending", cwd=tmp_path)[1]
    note = "tried without the rules that the search left out: --ignore 'names/*'\n"
    assert note in run("review", cwd=tmp_path)[2]
    assert run("accept", "ma-yun", cwd=tmp_path)[0] == 0
    assert f"before: {DAMAGED}" in text(tmp_path, RULES)
