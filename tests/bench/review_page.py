"""How fluent the page of `cleaner review --web` is, measured by the browser itself.

    python -m tests.bench.review_page [--chapters 40] [--names 300]

Makes a folder of invented chapters with suggestions about them, opens the page in Chromium, and
goes through all names with one key each. Prints how many keys a name took, how long the browser
needed from a key until the screen showed what it did (Event Timing; 8 ms is its finest step), and
how long scripts blocked it.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from random import Random

from cleaner.names.suggestion import Group, Member, Place
from cleaner.review import suggestions
from tests.command import run
from tests.review.web.browser import chromium, opened, served

AT_MOST = 100  # ms from a key to the screen
SENTENCE = """the river rose behind old walls and nobody in town had slept for three nights while
merchants counted sacks of rice by lamplight until morning came over the hills"""
WORDS = SENTENCE.split()
OBSERVE = """() => {
  window.events = [];
  window.blocked = [];
  const note = (list, value) => (entries) => {
    for (const one of entries.getEntries()) list.push(value(one));
  };
  new PerformanceObserver(note(window.events, (one) => [one.name, one.duration]))
    .observe({ type: "event", durationThreshold: 16, buffered: true });
  new PerformanceObserver(note(window.blocked, (one) => one.duration))
    .observe({ type: "longtask", buffered: false });
}"""


def form_of(name: int, form: int) -> str:
    """Return an invented garbled form: three letters that are different for each."""
    number, letters = 3 * name + form, ""
    for _ in range(3):
        number, rest = divmod(number, 26)
        letters += "abcdefghijklmnopqrstuvwxyz"[rest]
    return f"Jang {letters.title()}ok"


def make(folder: Path, chapters: int, names: int) -> None:
    """Write the chapters and the suggestions."""
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
    run("init", cwd=folder)
    for file, lines in texts.items():
        (folder / file).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    (folder / suggestions.PATH).parent.mkdir(exist_ok=True)
    (folder / suggestions.PATH).write_text(suggestions.render(groups), encoding="utf-8")


def main() -> None:
    """Measure, and print what was seen."""
    parser = argparse.ArgumentParser(description="How fluent the page of a review is.")
    parser.add_argument("--chapters", type=int, default=40)
    parser.add_argument("--names", type=int, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        make(folder, given.chapters, given.names)
        with served(folder) as server, opened(browser, server.url) as page:
            page.wait_for_timeout(5000)  # rules are read in the background
            page.evaluate(OBSERVE)
            keys = 0
            for number in range(given.names):
                page.keyboard.press("r" if number % 3 else "a")
                keys += 1
                page.wait_for_timeout(60)
            page.get_by_text(f"{given.names} of {given.names} names decided").wait_for(
                timeout=900_000
            )
            for key in ("u", "y", "k", "j", "ArrowRight", "v", "?", "Escape"):
                page.keyboard.press(key)
                page.wait_for_timeout(400)
            events = page.evaluate("window.events")
            blocked = page.evaluate("window.blocked")
    slowest = max((duration for _, duration in events), default=0)
    over = sum(duration > AT_MOST for _, duration in events)
    print(f"{keys} keys for {given.names} names: {keys / given.names:.2f} a name (at most 1.2)")
    print(f"slowest event: {slowest:.0f} ms; over {AT_MOST} ms: {over}")
    print(
        f"scripts blocked the page {len(blocked)} times, at most {max(blocked, default=0):.0f} ms"
    )


if __name__ == "__main__":
    main()
