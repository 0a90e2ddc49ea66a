"""The keys of review: one table for the line at the foot of the screen, the page of help, and the
documentation.
"""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """A key as a person sees it, what it does in a word or two, and what it does in full."""

    key: str
    short: str
    full: str


DECIDE = (
    Key(
        "a",
        "accept",
        "Yes. The forms that are not dropped become variants of the name. Enter does the same.",
    ),
    Key("r", "reject", "No. These forms are never proposed for this name again."),
    Key("s", "skip", "Not now. It comes again in the next review."),
    Key("u", "undo", "Take back the last step, also one that wrote a rule. As often as you like."),
)
CHANGE = (
    Key(
        "x",
        "drop form",
        "The marked form is something else: leave it out. Once more takes it back in.",
    ),
    Key(
        "e",
        "edit name",
        "Type how the name is to be written. Up and down offer other names that may be meant.",
    ),
    Key(
        "w",
        "evidence",
        "Choose words of the marked line. The rule then acts only in texts that hold such words.",
    ),
    Key("n", "not here", "The marked line is right and must never change. The rule is held to it."),
    Key("l", "level", "fix: applied. suggest: shown, and applied when asked. report: shown only."),
)
LOOK = (
    Key("↑ ↓", "line", "Mark another line. So does Tab; 1 to 9 mark the first line of a form."),
    Key(
        "j k",
        "next, previous",
        "Go to the next or the previous name. So do the arrows to the right and left.",
    ),
    Key(
        "/",
        "filter",
        "Show only names, forms or files that hold some words. An empty filter shows all.",
    ),
    Key("o", "open", "Open the marked line in your editor ($VISUAL or $EDITOR)."),
    Key("g", "goldens", "Show what the rule would change in the goldens. It changes none of them."),
)
REST = (
    Key("A", "accept the rest", "Accept all that is not decided yet, after a question."),
    Key("R", "reject the rest", "Reject all that is not decided yet, after a question."),
    Key("S", "skip the rest", "Leave all that is not decided for another time."),
    Key("q", "quit", "Leave. What you decided is kept; so it is with Ctrl-C."),
    Key("?", "help", "This page."),
)
PAGES = (
    ("Decide", DECIDE),
    ("Change what is proposed", CHANGE),
    ("Look around", LOOK),
    ("The rest", REST),
)
END = (
    Key("k", "look back", ""),
    DECIDE[3],
    LOOK[2],
    Key("f", "fix the files", ""),
    REST[4],
    REST[3],
)
FOOT = (*DECIDE[:3], *CHANGE, *LOOK[3:], DECIDE[3], *LOOK[:3], REST[4], REST[3])
# where each key has one line; on a narrow screen some have more
HELP_LINES = sum(1 + len(keys) for _, keys in PAGES)
