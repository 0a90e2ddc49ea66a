"""The keys of review: one table for the foot of the screen and for the help page."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """A key as a person sees it, what it does in a word or two, and a full explanation."""

    key: str
    short: str
    full: str


_ACCEPT = Key(
    "a", "accept", "Yes. The forms that you did not drop become variants. Enter does the same."
)
_REJECT = Key("r", "reject", "No. These forms are never suggested for this name again.")
_SKIP = Key("s", "skip", "Not now. The next review asks again.")
_UNDO = Key("u", "undo", "Take back the last step, even if it wrote a rule. Repeat as you like.")
_REDO = Key("U", "redo", "Do again what u took back last; y does the same.")
_DROP = Key(
    "x", "drop form", "The marked form is something else: leave it out. Press x again to undo that."
)
_EDIT = Key(
    "e", "edit name", "Type the right name. The up and down arrows offer names that may be meant."
)
SWAP = Key(
    "c",
    "swap",
    "The marked spelling is right, and the name above is a variant of it.",
)
_EVIDENCE = Key(
    "w",
    "evidence",
    "Choose words of the marked line. The rule acts only in texts that contain them.",
)
_EVERYWHERE = Key(
    "E", "every text", "The rule acts in every text, whatever it says. Press E again to undo that."
)
_SAME = Key("n", "not here", "The marked line is right, and the rule must never change it.")
_LEVEL = Key(
    "l", "level", "fix: applied. suggest: shown, and applied when asked. report: only shown."
)
_LINE = Key(
    "↑ ↓", "line", "Mark another line. Tab does the same; 1 to 9 mark the first line of a form."
)
_NEXT = Key(
    "j k", "next, previous", "Go to the next or the previous name. The arrows → and ← do the same."
)
_FILTER = Key(
    "/",
    "filter",
    "Show only names, forms or files that contain certain words. Type none to show all.",
)
_OPEN = Key("o", "open", "Open the marked line in your editor ($VISUAL or $EDITOR).")
_GOLDENS = Key(
    "g", "goldens", "Show what the rule changes in texts that have goldens. Nothing is written."
)
_ACCEPT_REST = Key(
    "A", "accept the rest", "Accept all that is not decided yet. You are asked first."
)
_REJECT_REST = Key(
    "R", "reject the rest", "Reject all that is not decided yet. You are asked first."
)
_SKIP_REST = Key("S", "skip the rest", "Skip all that is not decided yet.")
_QUIT = Key("q", "quit", "Quit. What you decided is saved. Ctrl-C does the same.")
_HELP = Key("?", "help", "Show this page.")
_BACK = Key("k", "look back", "")
_FIX = Key("f", "fix the files", "")

# the help page: titles, and the keys below them
PAGES = (
    ("Decide", (_ACCEPT, _REJECT, _SKIP, _UNDO, _REDO)),
    ("Change the suggestion", (_DROP, _EDIT, SWAP, _EVIDENCE, _EVERYWHERE, _SAME, _LEVEL)),
    ("Look around", (_LINE, _NEXT, _FILTER, _OPEN, _GOLDENS)),
    ("All the rest", (_ACCEPT_REST, _REJECT_REST, _SKIP_REST, _QUIT, _HELP)),
)
# the foot of the screen, where a group is shown and on the last page
FOOT = (
    _ACCEPT,
    _REJECT,
    _SKIP,
    _DROP,
    _EDIT,
    SWAP,
    _EVIDENCE,
    _EVERYWHERE,
    _SAME,
    _LEVEL,
    _OPEN,
    _GOLDENS,
    _UNDO,
    _LINE,
    _NEXT,
    _FILTER,
    _HELP,
    _QUIT,
)
END = (_BACK, _UNDO, _FILTER, _FIX, _HELP, _QUIT)
HELP_LINES = sum(1 + len(keys) for _, keys in PAGES)  # if no explanation needs a second line
