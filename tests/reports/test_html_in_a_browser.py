"""The page in a real browser: accessible, legible at every width and on paper, and locked.

Skipped where no Chromium or no Playwright is installed. `apt-get install chromium` brings the one,
the extra `dev` the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cleaner.reports.forms import Entry, form
from tests.reports.test_html import ABOUT, SCRIPT, entry
from tests.samples import ROOT, read

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")

WINDOWS = [
    pytest.param(width, scheme, id=f"{scheme}, {width} px")
    for width in (360, 1280)
    for scheme in ("light", "dark")
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    with sync_api.sync_playwright() as playwright:
        # Whoever runs tests as root in a container cannot have the sandbox.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with everything that a page can have."""
    entries = [
        entry(read(ROOT / "seeds" / "ant-report.txt"), "ant-report.txt"),
        entry(f"<h1>Marwin</h1><p>Alibaba &lt;script&gt;</p><ul><li>{SCRIPT}", "a/long/a.html"),
        entry(f"Alibaba of Marwin, {'w' * 300}\n\nGwigi {SCRIPT}", f"{SCRIPT}.txt"),
        Entry("z.bin", refused="this is not text"),
        Entry("clean.txt"),
    ]
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text("".join(form("html").render(entries, ABOUT)), encoding="utf-8")
    return path


class Shown:
    """The page in a window, with what it asked for and complained about."""

    def __init__(self, browser: Browser, path: Path, width: int = 1280, scheme: Any = "light"):
        self.page: Page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        self.url = path.as_uri()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(self.url)

    def of(self, selector: str, what: str) -> Any:
        """What a script finds out about the first element of a kind."""
        return self.page.evaluate(
            f"(selector) => {{ const e = document.querySelector(selector); return {what}; }}",
            selector,
        )

    def __enter__(self) -> Shown:
        return self

    def __exit__(self, *_: object) -> None:
        self.page.close()


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_a_window(browser: Browser, report: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with Shown(browser, report, width, scheme) as shown:
        shown.page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
        found = axe.run(shown.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert shown.of("html", "e.scrollWidth") <= width
        assert shown.of(".file del", "getComputedStyle(e).textDecorationLine") == "line-through"
        assert shown.of(".file ins", "getComputedStyle(e).textDecorationLine") == "underline"
        is_dark = shown.of("body", "getComputedStyle(e).backgroundColor") != "rgb(255, 255, 255)"
        assert is_dark == (scheme == "dark")
        tops = shown.page.evaluate(
            "[...document.querySelector('.side:not(.both)').parentElement.children]"
            ".slice(1).map(e => e.getBoundingClientRect().top)"
        )
        assert (tops[0] == tops[1]) == (width == 1280)
        assert (shown.asked, shown.complaints) == ([shown.url], [])


def test_on_paper_it_needs_no_colours(browser: Browser, report: Path) -> None:
    with Shown(browser, report, scheme="dark") as shown:
        shown.page.emulate_media(media="print", color_scheme="dark")
        for selector, line in ((".file del", "line-through"), (".file ins", "underline")):
            assert shown.of(selector, "getComputedStyle(e).textDecorationLine") == line
            assert shown.of(selector, "getComputedStyle(e).color") == "rgb(0, 0, 0)"
        assert shown.of("body", "getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
        assert shown.page.pdf().startswith(b"%PDF")


def test_the_keyboard_reaches_everything_in_order(browser: Browser, report: Path) -> None:
    with Shown(browser, report) as shown:
        page = shown.page
        wanted = page.evaluate(
            "[...document.querySelectorAll('a, summary')].map(e => e.textContent).slice(0, 30)"
        )
        reached = []
        for _ in wanted:
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.textContent"))
        assert reached == wanted
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        page.evaluate("document.querySelector('summary').focus()")
        page.keyboard.press("Enter")
        assert shown.of("details", "e.open") is True


def test_the_policy_holds(browser: Browser, report: Path) -> None:
    """Markup that somehow came into the page could do nothing."""
    with Shown(browser, report) as shown:
        shown.page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.ran = true";
                document.body.append(script);
                document.body.setAttribute("style", "color: rgb(1, 2, 3)");
                const picture = document.createElement("img");
                picture.src = "https://example.com/picture.png";
                document.body.append(picture);
            }"""
        )
        assert shown.page.evaluate("window.ran") is None
        assert shown.of("body", "getComputedStyle(e).color") != "rgb(1, 2, 3)"
        assert len([line for line in shown.complaints if "Content Security Policy" in line]) >= 3
