"""What the elements of HTML mean to a reader (https://html.spec.whatwg.org/)."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.text.layout import BlockKind


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Each begins a block of its own.
BLOCKS = _names(
    """
    address article aside blockquote body caption center col colgroup dd details dialog dir div dl
    dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
    legend li main menu nav ol optgroup option p search section summary table tbody td
    tfoot th thead title tr ul
    """
)
# Nothing in them is text that a reader reads as prose.
LEFT_OUT = _names(
    """
    script style template pre listing xmp plaintext textarea svg math iframe noembed noframes
    noscript object
    """
)
# They have a block of their own, which is not part of the sentence around it.
ASIDE = _names("button select rt rp")
# A reader sees something in the sentence that is no text.
SHOWN = _names(
    """
    img input button select textarea video audio canvas iframe object embed svg math meter progress
    """
)
# They have no content and no end tag.
VOID = _names(
    """
    area base br col embed frame hr img input link meta param source track wbr keygen basefont
    bgsound
    """
)
LOCKED = _names("code kbd samp var tt")  # their text must not be changed
HEADINGS = _names("h1 h2 h3 h4 h5 h6")

# What is in one of these is not running text, whatever else it is.
BESIDE: Mapping[str, BlockKind] = {
    "title": "title",
    "nav": "title",
    "td": "cell",
    "th": "cell",
    "caption": "cell",
    "option": "cell",
    "optgroup": "cell",
    **dict.fromkeys(ASIDE, "cell"),
}
# They can be deleted with the only block in them.
DELETABLE = _names("p div li figcaption center address blockquote") | HEADINGS
# They are deleted with the only block in them, because nothing would be left of them.
WRAPPERS = _names("li ul ol menu dir blockquote figure")

# Elements that an element of the same kind ends, if none of the others is in between.
_CELLS = frozenset({"td", "th"})
_ROWS = frozenset({"tr"}) | _CELLS
_GROUPS = frozenset({"thead", "tbody", "tfoot", "caption", "colgroup"}) | _ROWS
ENDED_BY: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), BLOCKS - {"li", "address", "div", "p"}),
    "dt": (frozenset({"dt", "dd"}), BLOCKS - {"dt", "dd", "address", "div", "p"}),
    "dd": (frozenset({"dt", "dd"}), BLOCKS - {"dt", "dd", "address", "div", "p"}),
    "option": (frozenset({"option"}), BLOCKS - {"option"}),
    "optgroup": (frozenset({"option", "optgroup"}), BLOCKS - {"option", "optgroup"}),
    "td": (_CELLS, frozenset({"table"})),
    "th": (_CELLS, frozenset({"table"})),
    "tr": (_ROWS, frozenset({"table"})),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (_GROUPS, frozenset({"table"}))),
    "body": (frozenset({"head"}), frozenset()),
}
TABLE_PARTS = _GROUPS | {"table"}
# No end tag reaches out of these, except that of a part of the table.
SCOPES = frozenset({"td", "th", "caption", "table"}) | ASIDE
OUTSIDE_P = _names("html head body frameset col colgroup tr td th thead tbody tfoot")

# The attributes that a reader reads.
TEXT_ATTRIBUTES = frozenset({"alt", "title"})
