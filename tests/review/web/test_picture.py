"""The picture of the page in the README. After a change of the page, make it again, and look at it:

README=write pytest -n 0 tests/review/web/test_picture.py
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from tests.command import run
from tests.review.web.browser import chromium, opened, served
from tests.samples import ROOT

PICTURE = ROOT / ".github" / "images" / "review.png"
WIDTH, HEIGHT = 1120, 560  # pixels
LARGEST = 150_000  # bytes
STORY = {
    "chapter1.txt": """\
The Lamp Shop

Seo Yun-ha opened the shutters before the sun came over the eastern wall.

“Is the tea ready?” asked the old man Baek Do-san from the back room, and coughed.

“It is ready, and the bread too,” said Seo Yun-ha. Baek Do-san smiled.
""",
    "chapter2.txt": """\
The Gate

The road to Cheongha Mountain took four days. On the third day Suh Yun-ha met a swordsman.

“You carry the lamp of Baek Do-san,” said Namgung Hyeok of the Azure Crane Sect.

Namgung Hyuk did not laugh. “Elder Wi Mu-seong waits,” he said. “You are late, Seo Yunha.”

The gate was called’Listening Heaven’. Elder Wi Museong of the Azure Crane Sect stood there.

“You are late,” said Wi Mu-seong to Namgung Hyeok. He looked at the lamp, not at Seo Yun-ha.
""",
    "chapter3.txt": """\
The Kitchen

They gave her a room beside the kitchen. Seo Yun-ha swept it, then slept for a day.

Namgung Hyeok sat on the step. “Wi Mu-seong asked about the lamp,” he said. “So did I.”
""",
}


def size_of(picture: bytes) -> tuple[int, int]:
    """Return the width and the height of a PNG, in pixels."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def take(folder: Path) -> None:
    """Take the picture: one name is accepted, the next one is to be decided."""
    (folder / "story").mkdir()
    for name, text in STORY.items():
        (folder / "story" / name).write_text(text, encoding="utf-8")
    assert run("init", cwd=folder)[0] == 0
    with (
        served(folder, "story") as server,
        chromium() as browser,
        opened(browser, server.url, width=WIDTH, height=HEIGHT) as page,
    ):
        page.keyboard.press("a")
        page.get_by_text("1 of 3 names decided").wait_for()
        page.get_by_text("hanges 1 place in 1 file").wait_for()
        # Whose folder it is does not matter to a reader.
        page.evaluate("document.getElementById('project').textContent = 'story'")
        page.screenshot(path=PICTURE)


def test_the_picture_in_the_readme(tmp_path: Path) -> None:
    if os.environ.get("README") == "write":
        take(tmp_path)
    picture = PICTURE.read_bytes()
    assert size_of(picture) == (WIDTH, HEIGHT)
    assert len(picture) <= LARGEST
