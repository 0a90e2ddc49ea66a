"""How fluent `cleaner review --web` is, and whether it decides what the terminal decides.

    python -m tests.bench.review_page articles --articles FOLDER
    python -m tests.bench.review_page novel      # 100 invented chapters, `suggest` finds the names
    python -m tests.bench.review_page names      # 40 chapters and 300 made suggestions

Each trial goes through all names in a real Chromium, with the real server: most are accepted with
one key, every third is rejected, and of every tenth a form is left out first. The first ones are
taken back and done again in between; at the end the files are cleaned. A twin of the folder is
decided in a terminal and cleaned by `cleaner fix`. It prints

- how many keys and clicks a name took, all told;
- how long the browser needed from a key to the screen (Event Timing; 8 ms is its finest step), how
  long scripts blocked it, and how much time of the CPU its main thread took for a key;
- whether rules, decisions and cleaned files have the bytes that the twin has, and whether undo gave
  every file its bytes back.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pexpect

from cleaner.names.suggestion import Group, Member, Place
from cleaner.review import suggestions
from tests.cli.test_review import RULES, snapshot
from tests.command import USUAL, run
from tests.review.web.browser import chromium, opened, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

AT_MOST = 100  # ms from a key to the screen
PAUSE = 250  # ms between two keys, as of somebody who sees at once what to do
TAKEN_BACK = 40  # names, at most
LONGEST = 1_800_000  # ms until everything that was decided is written
OBSERVE = """() => {
  window.events = [];
  window.blocked = [];
  const note = (list, value) => (entries) => {
    for (const one of entries.getEntries()) list.push(value(one));
  };
  const event = (one) =>
    [one.name, one.duration, Math.round(one.processingStart - one.startTime),
     Math.round(one.processingEnd - one.processingStart), one.startTime];
  new PerformanceObserver(note(window.events, event))
    .observe({ type: "event", durationThreshold: 16, buffered: false });
  new PerformanceObserver(note(window.blocked, (one) => one.duration))
    .observe({ type: "longtask", buffered: false });
}"""
Choice = Literal["accept", "reject", "drop"]


def choose(number: int, group: Group) -> Choice:
    """Return what is decided about the name of a number."""
    if number % 10 == 9 and len(group.members) > 1:
        return "drop"
    return "reject" if number % 3 == 1 else "accept"


# -- the folders


SENTENCE = """the river rose behind old walls and nobody in town had slept for three nights while
merchants counted sacks of rice by lamplight until morning came over the hills"""
WORDS = SENTENCE.split()


def form_of(name: int, form: int) -> str:
    """Return an invented garbled form: three letters that are different for each."""
    number, letters = 3 * name + form, ""
    for _ in range(3):
        number, rest = divmod(number, 26)
        letters += "abcdefghijklmnopqrstuvwxyz"[rest]
    return f"Jang {letters.title()}ok"


def make_names(folder: Path, chapters: int, names: int) -> None:
    """Write chapters, and suggestions about them."""
    random = Random(17)
    texts: dict[str, list[str]] = {f"chapter{number:03}.txt": [] for number in range(chapters)}
    groups: list[Group] = []
    for name in range(names):
        members: list[Member] = []
        for number in range(3):
            form = form_of(name, number)
            places: list[Place] = []
            for file in random.sample(sorted(texts), 3):
                before = " ".join(random.choices(WORDS, k=12)).capitalize()
                after = " ".join(random.choices(WORDS, k=9))
                line = f"{before}, and {form} of Guangning said {after}."
                texts[file].append(line)
                start = line.index(form)
                places.append(Place(file, 2 * len(texts[file]) - 1, start + 1, line, start))
            members.append(Member(form, 3, 0.8, why=f"{form} <- x <- y", places=tuple(places)))
        groups.append(
            Group(f"name-{name}", f"Zhang {form_of(name, 0)[5:]}", tuple(members), "person")
        )
    for file, lines in texts.items():
        (folder / file).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    (folder / suggestions.PATH).parent.mkdir(exist_ok=True)
    (folder / suggestions.PATH).write_text(suggestions.render(groups), encoding="utf-8")


SURNAMES = ("Baek", "Seo", "Wi", "Namgung", "Hwang", "Cheon", "Dokgo", "Mok")
SYLLABLES = ("mu", "seong", "hyeok", "yun", "jun", "do", "ha", "ryeong", "san", "eun")
HABITS = {  # other spellings of the same syllables
    "mu": "moo",
    "seong": "sung",
    "hyeok": "hyuk",
    "yun": "yoon",
    "jun": "joon",
    "ryeong": "ryung",
    "eun": "un",
}


def spellings(surname: str, first: str, second: str) -> list[str]:
    """Return the ways to write a name, the right one first."""
    firsts = [first, HABITS.get(first, first)]
    seconds = [second, HABITS.get(second, second)]
    ways = [f"{surname} {one.title()}-{other}" for one in firsts for other in seconds]
    return list(dict.fromkeys([*ways, f"{surname} {first.title()}{second}"]))


def make_novel(folder: Path, chapters: int, people: int) -> None:
    """Write chapters in which a name is now and then spelled in another way."""
    random = Random(23)
    every = [(s, a, b) for s in SURNAMES for a in SYLLABLES for b in SYLLABLES if a != b]
    names = [spellings(*name) for name in random.sample(every, people)]
    for number in range(chapters):
        lines = [f"Chapter {number + 1}. The Gate"]
        for _ in range(14):
            ways = random.choice(names)
            name = ways[0] if random.random() < 0.9 else random.choice(ways[1:] or ways)
            other = random.choice(names)[0]
            middle = " ".join(random.choices(WORDS, k=14))
            lines.append(f"{name} looked at {other}, {middle}. “Come in,” said {name}.")
        (folder / f"chapter{number:03}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


# -- the page


class Reviewer:
    """Somebody at the page, whose keys and clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0
        self.costs: list[float] = []  # ms of the CPU that a key or a click took in the page
        self._begun: list[tuple[float, str]] = []  # when each key and click came, and which it was
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.evaluate(OBSERVE)
        self._spent = self._cpu()

    def _cpu(self) -> float:
        found: dict[str, Any] = self._session.send("Performance.getMetrics")
        metrics = {one["name"]: one["value"] for one in found["metrics"]}
        return 1000 * float(metrics["TaskDuration"])

    def press(self, key: str) -> None:
        """Press a key."""
        self._note(key)
        self.page.keyboard.press(key)
        self._done()

    def click(self, selector: str) -> None:
        """Click something."""
        self._note(selector)
        self.page.locator(selector).first.click()
        self._done()

    def _note(self, what: str) -> None:
        self._begun.append((self.page.evaluate("performance.now()"), what))

    def at(self, time: float) -> str:
        """Return which key or click came last before a time, with its number."""
        before = [what for begun, what in self._begun if begun <= time]
        return f"{before[-1]} ({len(before)})" if before else "?"

    def dearest(self) -> list[tuple[float, str]]:
        """Return how many ms of the CPU each key or click took, the most first, with its name."""
        found: list[tuple[float, str]] = []
        for number, (cost, (_, what)) in enumerate(zip(self.costs, self._begun, strict=True), 1):
            found.append((cost, f"{what} ({number})"))
        return sorted(found, reverse=True)

    def _done(self) -> None:
        self.count += 1
        self.page.wait_for_timeout(PAUSE)
        before, self._spent = self._spent, self._cpu()
        self.costs.append(self._spent - before)

    def wait(self, text: str) -> None:
        """Wait until the page says something that begins so."""
        begins = re.compile(f"^{re.escape(text)}")
        self.page.get_by_text(begins).first.wait_for(timeout=LONGEST)

    def decide(self, groups: Sequence[Group], begin: int, end: int) -> int:
        """Decide about some of the names; return how many keys and clicks it took."""
        before = self.count
        for number in range(begin, end):
            choice = choose(number, groups[number])
            if choice == "drop":
                self.click("#forms input")
            self.press("r" if choice == "reject" else "a")
        self.wait(f"{end} of {len(groups)} name")
        self.page.wait_for_timeout(2000)
        return self.count - before

    def look_around(self) -> None:
        """Use what else there is, once."""
        for key in ("k", "k", "j", "ArrowRight", "ArrowLeft", "v", "v", "v", "?", "Escape", "/"):
            self.press(key)
        for letter in "ch":
            self.press(letter)
        self.page.fill("#filter", "")
        self.press("Escape")
        self.click("#documents li:nth-child(2) button, #documents li button")
        self.click("#names li button")


class Seen(NamedTuple):
    """What the browser saw: the slowest events, and how long scripts blocked it.

    Of an event: its name, how many ms passed until something was on the screen, until scripts began
    and while they ran, and when it came.
    """

    events: list[tuple[str, float, float, float, float]]
    blocked: list[float]


def review_page(folder: Path, paths: Sequence[str], groups: Sequence[Group]) -> None:
    """Decide, take back, do again and clean in the page; print what was seen."""
    with (
        served(folder, *paths) as server,
        chromium() as browser,
        opened(browser, server.url) as page,
    ):
        page.wait_for_timeout(4000)  # rules are read in the background
        start = snapshot(folder)
        reviewer = Reviewer(page)
        few = min(TAKEN_BACK, len(groups))
        needed = reviewer.decide(groups, 0, few)
        decided = snapshot(folder)
        steps = needed  # each key was one
        for key, names, wanted in (("u", 0, start), ("y", few, decided)):
            for _ in range(steps):
                reviewer.press(key)
            reviewer.wait(f"{names} of {len(groups)} name")
            page.wait_for_timeout(2000)
            what = "undo" if key == "u" else "redo"
            print(f"  {what} of {steps} steps: {_said(snapshot(folder) == wanted)}", flush=True)
        if few < len(groups):
            reviewer.press("j")
            needed += reviewer.decide(groups, few, len(groups))
        reviewer.look_around()
        before = reviewer.count
        reviewer.click("#finish-button")
        page.locator("#fix:enabled").wait_for(timeout=LONGEST)
        reviewer.click("#fix")
        page.locator("#finish-body").get_by_text("cleaned.").wait_for(timeout=LONGEST)
        reviewer.click("#finish-close")
        finishing = reviewer.count - before
        seen = Seen(page.evaluate("window.events"), page.evaluate("window.blocked"))
    each = needed / max(len(groups), 1)
    print(f"  {needed} keys and clicks for {len(groups)} names: {each:.2f} a name")
    print(f"  {finishing} more to clean the files")
    over = sum(event[1] > AT_MOST for event in seen.events)
    print(f"  {reviewer.count} keys and clicks in all; events over {AT_MOST} ms: {over}")
    for name, shown, waited, ran, came in sorted(seen.events, key=lambda one: -one[1])[:6]:
        what = reviewer.at(came)
        print(f"    {what}: {name}: on the screen after {shown} ms; waited {waited}, ran {ran}")
    print(f"  scripts blocked it {len(seen.blocked)} times, at most {max(seen.blocked, default=0)}")
    print(f"  CPU of a key in the page: {median(reviewer.costs):.0f} ms; the most:")
    for cost, what in reviewer.dearest()[:4]:
        print(f"    {what}: {cost:.0f} ms")


# -- the terminal


@contextmanager
def terminal(folder: Path) -> Iterator[pexpect.spawn]:
    """Start `cleaner review` in a terminal."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "cleaner", "review"],
        cwd=str(folder),
        env={**USUAL, "TERM": "xterm"},
        dimensions=(40, 120),
        timeout=120,
        encoding="utf-8",
    )
    try:
        yield child
    finally:
        child.close(force=True)


def review_terminal(folder: Path, groups: Sequence[Group]) -> None:
    """Decide the same in a terminal."""
    with terminal(folder) as child:
        child.expect_exact("1 of ")
        for number, group in enumerate(groups):
            choice = choose(number, group)
            if choice == "drop":
                child.send("1x")
                child.expect_exact("left out")
            child.send("r" if choice == "reject" else "a")
            child.expect_exact("Rejected: " if choice == "reject" else "Accepted: ")
        child.send("q")
        child.expect(pexpect.EOF)


def _said(same: bool) -> str:
    return "the same bytes" if same else "OTHER BYTES"


def trial(folder: Path, paths: Sequence[str]) -> None:
    """Review a folder in the page and its twin in the terminal; compare what they leave."""
    groups = suggestions.read_suggestions(folder / suggestions.PATH)
    twin = folder.with_name("twin")
    shutil.copytree(folder, twin)
    review_page(folder, paths, groups)
    review_terminal(twin, groups)
    code, _, said = run("fix", "--backup", ".", cwd=twin)
    if code not in (0, 3):
        print(said)
    ours, theirs = snapshot(folder), snapshot(twin)
    for what, wanted in (
        ("rules", lambda name: name == RULES),
        ("what is kept of a review", lambda name: name.startswith(".cleaner/")),
        ("cleaned files", lambda name: not name.startswith((".cleaner/", "rules/"))),
    ):
        names = {name for name in ours.keys() | theirs.keys() if wanted(name)}
        differ = sorted(name for name in names if ours.get(name) != theirs.get(name))
        print(f"  {what}, {len(names)} files, as in the terminal: {_said(not differ)}")
        for name in differ[:5]:
            print(f"    {name}")


def main() -> None:
    """Measure, and print what was seen."""
    parser = argparse.ArgumentParser(description="How fluent the page of a review is.")
    parser.add_argument("trials", nargs="+", choices=("articles", "novel", "names"))
    parser.add_argument("--articles", type=Path, help="a folder of texts")
    parser.add_argument("--chapters", type=int)
    parser.add_argument("--names", type=int)
    given = parser.parse_args()
    if "articles" in given.trials and not given.articles:
        parser.error("articles needs --articles FOLDER")
    for name in given.trials:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made) / "folder"
            folder.mkdir()
            run("init", cwd=folder)
            paths = ["."]
            if name == "articles":
                for path in sorted(given.articles.iterdir()):
                    (folder / path.name).write_bytes(path.read_bytes())
            elif name == "novel":
                make_novel(folder, given.chapters or 100, given.names or 40)
            else:
                make_names(folder, given.chapters or 40, given.names or 300)
                paths = []
            if paths:
                print(run("suggest", *paths, cwd=folder)[2].strip())
            number = len(list(folder.glob("*.txt")))
            print(f"{name}: {number} files, load {os.getloadavg()[0]:.1f}")
            trial(folder, paths)


if __name__ == "__main__":
    main()
