"""The page of `cleaner review --web` in a real browser, from suggestions to cleaned files."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from cleaner.review import suggestions
from tests.cli.test_review import ARTICLE, DECISIONS, GROUPS, RULES, folder, play, snapshot
from tests.command import run
from tests.review.samples import HOSTILE, place
from tests.review.web.browser import chromium, opened, served

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Browser, Page, Route

__all__ = ["folder"]  # a fixture


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other, as somebody who sees what each has done."""
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(150)


def decided(page: Page, number: int, total: int = 3) -> None:
    """Wait until so many names are decided."""
    noun = "name" if total == 1 else "names"
    page.get_by_text(f"{number} of {total} {noun} decided").wait_for()


def kept(folder: Path) -> dict[str, bytes]:
    """What a review leaves in a folder, without what only the page keeps."""
    return {name: data for name, data in snapshot(folder).items() if not name.endswith(".orig")}


def test_from_the_first_key_to_cleaned_files(browser: Browser, folder: Path) -> None:
    with served(folder) as server:
        with opened(browser, server.url) as page:
            assert "#" not in page.url  # the token has left the address bar
            page.keyboard.press("a")
            decided(page, 1)
            page.keyboard.press("a")  # this name is not known: it is typed
            page.keyboard.type("Namgung Min")
            page.keyboard.press("Enter")
            decided(page, 2)
            page.keyboard.press("r")
            decided(page, 3)
            assert "Zhang Zhongmou" in (folder / RULES).read_text(encoding="utf-8")
            assert "Busan" in (folder / DECISIONS).read_text(encoding="utf-8")
            page.get_by_role("button", name="Clean the files").click()
            page.get_by_role("button", name="Clean 1 file").click()
            page.get_by_text("1 file cleaned.").wait_for()
            page.get_by_role("button", name="Close").click()
        assert server.end() == 130
    cleaned = (folder / "a.txt").read_text(encoding="utf-8")
    assert "The chairman, Zhang Zhongmou, spoke" in cleaned
    assert "Then Namgung Min left, and Namgung Min stayed." in cleaned
    assert (folder / "a.txt.orig").exists()


def test_undo_gives_every_file_its_bytes_back(browser: Browser, folder: Path) -> None:
    before = snapshot(folder)
    with served(folder) as server, opened(browser, server.url) as page:
        page.keyboard.press("a")
        decided(page, 1)
        after_one = snapshot(folder)
        press(page, "j")
        page.keyboard.press("r")
        decided(page, 2)
        page.keyboard.press("u")
        decided(page, 1)
        assert snapshot(folder) == after_one
        page.keyboard.press("u")
        decided(page, 0)
        assert snapshot(folder) == before
        page.keyboard.press("y")
        decided(page, 1)
        assert snapshot(folder) == after_one


@pytest.mark.parametrize("pause", [0, 150], ids=["quick", "slow"])
def test_the_terminal_decides_the_same(
    pause: int, browser: Browser, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    twin = tmp_path_factory.mktemp("twin") / "project"
    shutil.copytree(folder, twin)
    with served(folder) as server, opened(browser, server.url) as page:
        for key in ("x", "a", "s", "r"):  # x leaves the marked form out
            page.keyboard.press(key)
            page.wait_for_timeout(pause)
        decided(page, 2)
    play(twin, ("x", "left out"), ("a", "Accepted"), ("s", "Skipped"), ("r", "Rejected"), ("q", ""))
    assert snapshot(folder) == snapshot(twin)


def test_a_step_is_taken_back_before_it_is_answered(browser: Browser, folder: Path) -> None:
    before = snapshot(folder)
    with served(folder) as server, opened(browser, server.url) as page:
        page.keyboard.press("a")
        page.keyboard.press("u")
        page.get_by_text("Taken back").wait_for()
        decided(page, 0)
    assert snapshot(folder) == before


ATTACK = "<img src=x onerror=alert(1)>"


def test_what_looks_like_markup_is_text(browser: Browser, tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path)[0] == 0
    name = "<script>alert(1)<"  # a name of a file
    line = f"In {ATTACK} it rained. <b>Sian</b> is far."
    (tmp_path / name).with_suffix(".txt").write_text(line, encoding="utf-8")
    found = place(f"{name}.txt", 1, line, "Sian")
    member = HOSTILE.members[0]._replace(form="Sian", why=ATTACK, places=(found,))
    group = HOSTILE._replace(members=(member,), rivals=(ATTACK,), aliases=(ATTACK,))
    (tmp_path / suggestions.PATH).parent.mkdir(exist_ok=True)
    (tmp_path / suggestions.PATH).write_text(suggestions.render((group,)), encoding="utf-8")
    with served(tmp_path) as server, opened(browser, server.url) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.get_by_text(ATTACK).first.wait_for()
        assert page.locator("article img, article script, article b, aside img").count() == 0
        assert f"{name}.txt" in page.locator("#documents").inner_text()


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    [(1280, 800, "light"), (1280, 800, "dark"), (640, 800, "dark"), (360, 740, "light")],
    ids=["wide", "dark", "half", "narrow"],
)
def test_nothing_keeps_anybody_out(
    width: int, height: int, scheme: Literal["light", "dark"], browser: Browser, folder: Path
) -> None:
    """axe finds nothing, in no state of the page, and nothing is cut off on the right."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def faults(page: Page) -> list[str]:
        found = axe.run(page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]

    with (
        served(folder) as server,
        opened(browser, server.url, width=width, height=height, scheme=scheme) as page,
    ):
        assert faults(page) == []
        page.keyboard.press("a")
        decided(page, 1)
        assert faults(page) == []
        for key in ("?", "A"):
            press(page, key)
            assert page.locator("dialog[open]").count() == 1
            assert faults(page) == []
            press(page, "Escape")
        page.locator("#fold").evaluate("fold => { fold.open = true; }")
        assert faults(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width


@pytest.mark.parametrize(("width", "height"), [(400, 740), (640, 800)], ids=["phone", "half"])
def test_in_a_narrow_window_the_name_is_folded(
    width: int, height: int, browser: Browser, folder: Path
) -> None:
    """What is decided and where is on the screen; the rest is one key or one tap away."""
    with (
        served(folder) as server,
        opened(browser, server.url, width=width, height=height) as page,
    ):
        page.locator("article .name.marked").wait_for()
        panel = page.locator("#panel").bounding_box()
        marked = page.locator("article .name.marked").bounding_box()
        assert panel and marked
        assert marked["y"] + marked["height"] <= panel["y"] + 1
        for button in ("accept", "reject", "skip"):
            place = page.locator(f"#{button}").bounding_box()
            assert place and place["y"] + place["height"] <= height
        for hidden in ("#typed", "#forms", "#names", "#documents"):
            assert not page.locator(hidden).is_visible()
        press(page, "e")
        assert page.locator("#typed:focus").is_visible()
        page.keyboard.type("Zhang Zong-mou")
        page.keyboard.press("Enter")
        page.locator("#title").get_by_text("Zhang Zong-mou").wait_for()
        page.locator("#fold > summary").click()
        assert not page.locator("#typed").is_visible()
        page.locator("#fold > summary").focus()
        page.keyboard.press("Enter")  # opens it, and accepts nothing
        assert page.locator("#forms").is_visible()
        decided(page, 0)
        press(page, "l")
        page.get_by_text("The rule only suggests a correction.").wait_for()
        press(page, "/")
        assert page.locator("#filter:focus").is_visible()
        press(page, "Escape", "a")
        decided(page, 1)
        page.set_viewport_size({"width": 1280, "height": 800})
        page.locator("#names").wait_for()
        assert not page.locator("#fold > summary").is_visible()
        assert page.locator("#forms").is_visible()


def test_on_paper_there_is_the_text_alone(browser: Browser, folder: Path) -> None:
    with (
        served(folder) as server,
        opened(browser, server.url, scheme="dark") as page,
    ):
        press(page, "a")
        decided(page, 1)
        page.emulate_media(media="print")
        shown = page.locator("button, input, select, nav, aside, #message").all()
        assert not any(one.is_visible() for one in shown)
        assert page.locator("#document-name").is_visible()
        mark = page.locator("article .name.accepted").first
        colours = mark.evaluate(
            "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert mark.evaluate("one => getComputedStyle(one).borderBottomStyle") == "solid"
        struck = mark.locator(".before").evaluate("one => getComputedStyle(one).textDecorationLine")
        assert struck == "line-through"
        page.emulate_media(media="screen")
        press(page, "?")
        page.emulate_media(media="print")
        assert page.locator("#help").is_visible()
        assert not page.locator("#article").is_visible()


def test_the_focus_stays_where_the_reader_is(browser: Browser, folder: Path) -> None:
    focus = "document.activeElement.id || document.activeElement.className"
    with served(folder) as server, opened(browser, server.url) as page:
        press(page, "j", "k", "n")
        assert "marked" in page.evaluate(focus)
        page.locator("#accept").focus()
        page.keyboard.press("Enter")
        decided(page, 1)
        page.wait_for_timeout(150)
        assert page.evaluate(focus) == "title"


def test_two_pages_lose_nothing(browser: Browser, folder: Path) -> None:
    with (
        served(folder) as server,
        opened(browser, server.url) as one,
        opened(browser, server.url) as other,
    ):
        press(other, "j")
        one.keyboard.press("a")
        other.keyboard.press("r")
        for page in (one, other):
            decided(page, 2)  # the other one is told
    assert "Zhang Zhongmou" in (folder / RULES).read_text(encoding="utf-8")
    assert "Namgoong-min" in (folder / DECISIONS).read_text(encoding="utf-8")


class Held:
    """What a page asks for at a path, held before the server sees it or after it has answered."""

    def __init__(self, page: Page, path: str, *, answered: bool = False) -> None:
        self._page, self._answered, self._holds = page, answered, True
        self._routes: list[tuple[Route, APIResponse | None]] = []
        page.route(path, self._hold)

    def _hold(self, route: Route) -> None:
        if self._holds:
            self._routes.append((route, route.fetch() if self._answered else None))
        else:
            route.continue_()

    def let_go(self, *, holds_more: bool = False) -> None:
        """Wait for the first request, and let go what is held."""
        for _ in range(100):
            if self._routes:
                break
            self._page.wait_for_timeout(50)
        self._holds = holds_more
        for route, answer in self._routes:
            if answer:
                route.fulfill(response=answer)
            else:
                route.continue_()


def test_an_answer_that_was_overtaken_brings_back_no_old_state(
    browser: Browser, folder: Path
) -> None:
    with (
        served(folder) as server,
        opened(browser, server.url) as one,
        opened(browser, server.url) as other,
    ):
        states = Held(one, "**/api/state", answered=True)
        press(other, "j", "j", "r")
        decided(other, 1)
        press(one, "x", "x", "x")
        states.let_go(holds_more=True)  # nothing newer comes of itself
        press(one, "a")
        decided(one, 2)
    rules = (folder / RULES).read_text(encoding="utf-8")
    assert "Jeong Jungmow" in rules
    assert "Jang Jung-mou\n" not in rules


def test_what_the_keys_are_about_is_shown_before_its_document(
    browser: Browser, folder: Path
) -> None:
    (folder / "b.txt").write_text(ARTICLE, encoding="utf-8")
    moved = tuple(
        member._replace(places=tuple(place._replace(file="b.txt") for place in member.places))
        for member in GROUPS[1].members
    )
    groups = (GROUPS[0], GROUPS[1]._replace(canonical="Namgung Min", members=moved))
    (folder / suggestions.PATH).write_text(suggestions.render(groups), encoding="utf-8")
    with served(folder) as server, opened(browser, server.url) as page:
        documents = Held(page, "**/api/document/1")
        page.keyboard.press("a")
        page.locator("#title").get_by_text("Namgung Min").wait_for()
        page.locator("#forms input").first.uncheck()
        page.keyboard.press("a")
        documents.let_go()
        decided(page, 2, 2)
    rules = (folder / RULES).read_text(encoding="utf-8")
    assert "Nam Gungmin" in rules
    assert "Namgoong-min\n" not in rules


@pytest.mark.parametrize("goes_on", [False, True], ids=["waits", "goes on"])
def test_who_decides_too_late_is_told_so(goes_on: bool, browser: Browser, folder: Path) -> None:
    name = str(GROUPS[0].canonical)
    with (
        served(folder) as server,
        opened(browser, server.url) as one,
        opened(browser, server.url) as other,
    ):
        decisions = Held(one, "**/api/act")
        one.keyboard.press("a")
        press(other, "r")
        decided(other, 1)
        if goes_on:
            press(one, "j", "r")
        decisions.let_go()
        if goes_on:
            one.get_by_text(f"What you decided about “{name}” was not carried out").wait_for()
            decided(one, 2)
            one.get_by_role("button", name=f"Go to {name}").click()
        one.locator("#title").get_by_text(name).wait_for()
        one.locator("#message.bad").get_by_text("changed meanwhile").wait_for()
        one.locator("#decided").get_by_text("Rejected.").wait_for()
        assert not one.locator("#lost").is_visible()
    assert name not in (folder / RULES).read_text(encoding="utf-8")


def test_what_was_on_the_way_when_the_server_ended_is_said(browser: Browser, folder: Path) -> None:
    with served(folder) as server, opened(browser, server.url) as page:
        decisions = Held(page, "**/api/act")
        press(page, "a", "j")
        server.end(signal.SIGKILL)
        decisions.let_go()
        page.get_by_text("was not carried out").wait_for()
        page.get_by_text("may not be saved").wait_for()
        decided(page, 0)


def test_f_and_enter_clean_the_files(browser: Browser, folder: Path) -> None:
    with served(folder) as server, opened(browser, server.url) as page:
        for key in "arr":
            page.keyboard.press(key)
        decided(page, 3)
        page.keyboard.press("f")
        page.locator("#fix:focus").wait_for()
        line = page.locator("pre ins").first
        assert line.evaluate("line => getComputedStyle(line).display") == "inline"
        page.keyboard.press("Enter")
        page.locator("#finish-close:focus").wait_for()
        page.keyboard.press("Enter")
        page.locator("#nothing").get_by_text("The files are cleaned.").wait_for()
        assert not page.locator("#finish-here").is_visible()
        page.keyboard.press("u")
        page.locator("#message").get_by_text("Taken back").wait_for()
        page.keyboard.press("r")
        page.locator("#finish-here").wait_for()


def test_the_only_form_has_no_box_and_the_last_one_stays(browser: Browser, folder: Path) -> None:
    with served(folder) as server, opened(browser, server.url) as page:
        boxes = page.locator("#forms input")
        boxes.nth(0).uncheck()
        boxes.nth(1).uncheck()
        page.locator("#forms input:disabled").wait_for()
        press(page, "u")
        page.get_by_text("Taken back: what was changed about Zhang Zhongmou.").wait_for()
        press(page, "j", "j")
        assert page.locator("#message").inner_text() == ""
        assert page.locator("#title").inner_text() == "Pusan"
        assert not boxes.first.is_visible()


def test_a_server_that_is_gone_is_said(browser: Browser, folder: Path) -> None:
    with served(folder) as server, opened(browser, server.url) as page:
        page.keyboard.press("e")
        page.keyboard.type("!")
        server.end(signal.SIGKILL)
        page.get_by_role("alert").get_by_text("has ended").wait_for()
        assert page.locator("#typed").input_value().endswith("!")


def test_a_wrong_token_shows_nothing(browser: Browser, folder: Path) -> None:
    with served(folder) as server:
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.url.partition("#")[0] + "#wrong")
        page.get_by_text("token").first.wait_for()
        assert page.locator("#names li").count() == 0
        context.close()


PLACE_OF_HSINCHU = """() => {
  const parts = [...document.querySelector('article .words').childNodes];
  const node = parts.find((part) => part.textContent.includes('Hsinchu'));
  const at = node.textContent.indexOf('Hsinchu');
  const range = document.createRange();
  range.setStart(node, at);
  range.setEnd(node, at + 7);
  const { x, y, width, height } = range.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}"""


def test_the_text_of_a_name_can_be_chosen_as_evidence(browser: Browser, folder: Path) -> None:
    with served(folder) as server, opened(browser, server.url) as page:
        page.locator("article .words").first.wait_for()
        press(page, "w")
        there = page.evaluate(PLACE_OF_HSINCHU)
        page.mouse.click(there["x"], there["y"])
        page.get_by_role("button", name="Remove Hsinchu").wait_for()
        press(page, "Escape")
        page.keyboard.press("a")
        decided(page, 1)
    assert "Hsinchu" in (folder / RULES).read_text(encoding="utf-8")


def test_the_names_of_all_groups_are_there(browser: Browser, folder: Path) -> None:
    with served(folder) as server, opened(browser, server.url) as page:
        shown = page.locator("#names .title").all_inner_texts()
        assert shown[0] == GROUPS[0].canonical
        press(page, "/")
        page.keyboard.type("pusan")
        page.wait_for_timeout(100)
        assert page.locator("#names .title").all_inner_texts() == ["Pusan"]


def test_a_decision_that_is_refused_is_not_shown_as_made(browser: Browser, folder: Path) -> None:
    with served(folder) as server, opened(browser, server.url) as page:
        good = (folder / RULES).read_text(encoding="utf-8")
        (folder / RULES).write_text("kind: nme\n", encoding="utf-8")
        before = snapshot(folder)
        page.keyboard.press("a")
        page.locator("#message.bad").get_by_text("did you mean").wait_for()
        page.locator("#title").get_by_text(GROUPS[0].canonical).wait_for()
        page.locator("#names li.open").nth(len(GROUPS) - 1).wait_for()
        decided(page, 0)
        assert snapshot(folder) == before
        (folder / RULES).write_text(good, encoding="utf-8")
        page.keyboard.press("a")
        decided(page, 1)


def test_what_the_texts_report_can_be_found_and_ticked_off(browser: Browser, folder: Path) -> None:
    article = folder / "a.txt"
    lost = "He won the gold medal,, and left."
    article.write_text(f"{article.read_text(encoding='utf-8')}\n{lost}\n", encoding="utf-8")
    with served(folder) as server, opened(browser, server.url) as page:
        page.locator("#reports-part summary").click()
        page.locator("#reports .where").click()
        assert "medal" in page.locator(".pointed").locator("xpath=ancestor::p").inner_text()
        page.locator("#reports input").check()
        page.get_by_text("Ticked off").wait_for()
    assert "done:" in (folder / ".cleaner/lookups.yaml").read_text(encoding="utf-8")
