"""A review in a real browser: Chromium, driven by Playwright. Without either, tests are skipped."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.command import USUAL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_URL = re.compile(r"http://127\.0\.0\.1:\d+/#\S+")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the Chromium of this machine without a window."""
    playwright = pytest.importorskip("playwright.sync_api")
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as driver:
        # As root, in a container, Chromium's own sandbox does not start.
        sandbox = not hasattr(os, "geteuid") or os.geteuid() != 0
        browser = driver.chromium.launch(executable_path=found, chromium_sandbox=sandbox)
        try:
            yield browser
        finally:
            browser.close()


class Served:
    """A running `cleaner review --web`."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process, self.url = process, url

    def end(self, number: int = signal.SIGINT) -> int:
        """End it with a signal; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=30)


@contextmanager
def served(folder: Path, *args: str) -> Iterator[Served]:
    """Start `cleaner review --web` in a folder."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cleaner", "review", "--web", "--no-open", *args],
        cwd=folder,
        env=USUAL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout
        found = _URL.search(process.stdout.readline())
        assert found, "it ended without an address"
        yield Served(process, found[0])
    finally:
        process.kill()
        process.communicate()


@contextmanager
def opened(
    browser: Browser,
    url: str,
    *,
    width: int = 1280,
    height: int = 800,
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Page]:
    """Open the page in a context of its own. Whatever the page complains about fails the test."""
    # axe is injected as a script, which the policy of the page would refuse.
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        page.goto(url)
        # The list is folded in a narrow window.
        page.wait_for_selector("#names li, #nothing:not([hidden])", state="attached")
        yield page
        assert complaints == []
    finally:
        context.close()
