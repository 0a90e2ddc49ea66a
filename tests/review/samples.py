"""Groups to review, and a desk that only logs what it is asked.

Run as a program, this is a review of these groups on a real terminal.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cleaner import process
from cleaner.errors import UsageError
from cleaner.names.suggestion import Group, Member, Place
from cleaner.review.lookups import Lookup
from cleaner.review.screen import editor, terminal
from cleaner.review.screen.session import begin
from cleaner.review.session.effects import Choices, Remark
from cleaner.review.session.evidence import proposals


def place(file: str, line: int, context: str, form: str) -> Place:
    """Return a place whose form begins where it first occurs in the context."""
    start = context.index(form)
    return Place(file, line, start + 1, context, start)


MA_YUN = Group(
    "ma-yun",
    "Ma Yun",
    (
        Member(
            "Marwin",
            3,
            0.97,
            strong=True,
            why="Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]",
            places=(
                place(
                    "articles/alibaba.txt",
                    3,
                    "Shares of Alibaba fell on Monday, and Marwin’s wealth shrank.",
                    "Marwin",
                ),
                place(
                    "articles/alibaba.txt",
                    9,
                    "It is said that Marwin, who founded Ant Group (앤트그룹), "
                    "has not been seen in Hangzhou since the autumn of the year before last.",
                    "Marwin",
                ),
                place("articles/alibaba.txt", 14, "Marwin said nothing.", "Marwin"),
            ),
        ),
        Member(
            "Ma Win",
            1,
            0.91,
            why="Ma Win <- 마윈 <- Ma Yun",
            places=(
                place(
                    "articles/아주-긴-이름의-기사.txt",
                    120,
                    "“마윈 회장” Ma Win 会长说 he would step back.",
                    "Ma Win",
                ),
            ),
        ),
        Member(
            "Marvin",
            2,
            0.62,
            why="Marvin <- 마빈 ~ 마윈 <- Ma Yun",
            places=(
                place("articles/keeper.txt", 2, "Marvin Hitz kept his goal clean again.", "Marvin"),
            ),
        ),
    ),
    "person",
    {"zh": "马云", "ko": "마윈"},
    ("Jack Ma",),
    ("Ma Yuan",),
)
UNKNOWN = Group(
    "namgoong",
    "",
    (
        Member(
            "Namgoong Min",
            2,
            0.5,
            why="spelled in two ways in one document",
            places=(place("b.txt", 1, "Namgoong Min came first.", "Namgoong Min"),),
        ),
        Member(
            "Nam Gung-min",
            1,
            0.5,
            places=(place("b.txt", 7, "Then Nam Gung-min left.", "Nam Gung-min"),),
        ),
    ),
)
HOSTILE = Group(
    "xi-an",
    "Xi’an",
    (
        Member(
            "Sian",
            1,
            0.8,
            why="Sian <- 시안 <- Xi’an",
            places=(
                place(
                    "c\N{RIGHT-TO-LEFT OVERRIDE}.txt",
                    1,
                    "\x1b[31mIn \tSian\N{ZERO WIDTH SPACE} it rained.",
                    "Sian",
                ),
            ),
        ),
        Member("Shee-an", 1, 0.7),
    ),
    "place",
    {"zh": "西安", "ko": "시안"},
)
MANY = Group(
    "zhang",
    "Zhang Zhongmou",
    tuple(
        Member(
            form,
            20 - number,
            0.95 - number / 20,
            why=f"{form} <- 장중머우 <- Zhang Zhongmou",
            places=tuple(
                place(
                    f"news/{row}.txt", 10 * row, f"The chairman, {form}, spoke {row} times.", form
                )
                for row in range(1, 5)
            ),
        )
        for number, form in enumerate(
            (
                "Jang Jung-mou",
                "Zhang Zhong-mou",
                "Chang Jungmow",
                "Jang Joong-mow",
                "Zang Chungmo",
                "Jang Jung Moe",
                "Jangjungmou",
                "Chang Choong-mo",
                "Jang Jung-mow",
                "Zhang Jungmou",
                "Jang Zhong-mou",
            )
        )
    ),
    "person",
    {"zh": "张忠谋", "ko": "장중머우"},
)
GROUPS = (MA_YUN, UNKNOWN, HOSTILE, MANY)
MASHIRO = Group(
    "mashiro",
    "Mashiro",
    (
        Member(
            "Masiro",
            12,
            0.93,
            why="Masiro ~ Mashiro: one letter fewer (h); both with -san",
            places=(
                place("chapters/017.txt", 8, "“Masiro-san!” she called.", "Masiro"),
                place("chapters/021.txt", 3, "Kaguya waited for Masiro at the gate.", "Masiro"),
            ),
        ),
        Member(
            "Massiro",
            1,
            0.71,
            why="Massiro ~ Masiro: one letter more (s)",
            places=(place("chapters/040.txt", 2, "Massiro did not answer.", "Massiro"),),
        ),
    ),
    relation="spelling",
    canonical_count=14,
    canonical_places=(place("chapters/001.txt", 1, "Mashiro went home.", "Mashiro"),),
)
BYTEDANCE = Group(
    "bytedance",
    "ByteDance",
    (
        Member(
            "Bytedance",
            2,
            0.69,
            why="Bytedance ~ ByteDance: other capitals",
            places=(place("b.txt", 4, "Then Bytedance grew.", "Bytedance"),),
        ),
    ),
    relation="case",
    canonical_count=3,
    canonical_places=(place("b.txt", 1, "The firm ByteDance is young.", "ByteDance"),),
)
SPELLINGS = (MASHIRO, BYTEDANCE)
PROPOSED = proposals(GROUPS)
TRIAL = (
    Remark("bad", "breaks golden keeper.txt: 2:1 “Marvin Hitz” would become “Ma Yun Hitz”"),
    Remark("good", "closes 2 gaps in alibaba.txt"),
    Remark("plain", "changes 6 places in 3 files"),
)


class FakeDesk:
    """Logs what it is asked, and refuses one name."""

    def __init__(self, log: Path, refuses: str = "") -> None:
        self._log, self._refuses = log, refuses

    def _noted(self, line: str) -> str:
        with self._log.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        return ""

    def accept(self, group: Group, choices: Choices) -> str:
        if choices.canonical == self._refuses:
            raise UsageError(
                f"rules/accepted.yaml:3: “{choices.canonical}” is both a variant and a right form"
            )
        proposed = PROPOSED.get(group.id, ())
        what = [
            choices.canonical,
            *sorted(f"-{form}" for form in choices.dropped),
            choices.level,
            *(phrase for phrase in choices.evidence if phrase not in proposed),
        ]
        return self._noted(
            f"accept {group.id}: {', '.join(what)}" + "".join(f" [{p.line}]" for p in choices.same)
        )

    def reject(self, group: Group) -> str:
        return self._noted(f"reject {group.id}")

    def look_up(self, lookup: Lookup, *, done: bool) -> str:
        return self._noted(f"look up {lookup.text}: {done}")

    def undo(self) -> str:
        return self._noted("undo")

    def redo(self) -> str:
        return self._noted("redo")

    def trial(self, group: Group, choices: Choices) -> tuple[Remark, ...]:
        kept = sum(member.count for member in group.members if member.form not in choices.dropped)
        return TRIAL if group == MA_YUN else (Remark("plain", f"changes {kept} places"),)

    def diff(self, group: Group, choices: Choices) -> tuple[str, ...]:
        form = group.members[-1].form
        return (
            "--- golden/a.txt",
            "+++ golden/a.txt",
            "@@ -2 +2 @@",
            f"-{form} came.",
            f"+{choices.canonical} came.",
        )

    def open(self, place: Place) -> str:
        return editor.show(place, os.environ)


def main() -> int:
    """Review the samples. Log decisions in the file that the first argument names."""
    colour = "NO_COLOR" not in os.environ
    session, left = terminal.review(
        begin(GROUPS), FakeDesk(Path(sys.argv[1]), *sys.argv[2:]), colour=colour
    )
    sys.stdout.write(f"{session.count('accepted')} accepted, fix: {left.fix}\n")
    return 0


if __name__ == "__main__":
    sys.exit(process.run("review", main))
