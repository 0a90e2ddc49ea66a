"""What the elements, fields and fonts of a document mean for its text."""

from __future__ import annotations

import re

from cleaner.text.passage import OBJECT

# The namespaces of ECMA-376, first in the transitional form, then in the strict one.
WORD_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
VML_NAMESPACE = "urn:schemas-microsoft-com:vml"  # drawings of older programs
DUBLIN_CORE_NAMESPACE = "http://purl.org/dc/elements/1.1/"

# Elements whose contents nobody reads: what was deleted or is in another place now, how something
# looked before, how it is said aloud.
UNREAD = frozenset(
    {"del", "moveFrom", "pPrChange", "rPrChange", "sectPrChange", "rt", "sdtPr", "sdtEndPr"}
)
# The same for new programs and for old ones. Whole paragraphs of both are text, parts of one are
# text only once.
COPIES = frozenset({"Choice", "Fallback"})
# Elements of a run that stand for a character.
CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "sym": OBJECT,
}
TRIMMED = "\t\n"  # what is no part of a paragraph at its edges
# A paragraph with nothing but these, and what is in the properties, may be deleted ...
PLAIN_CONTENT = frozenset(
    {"pPr", "r", "rPr", "t", "proofErr", "lastRenderedPageBreak", "tab", "br", "cr"}
    | {"noBreakHyphen", "softHyphen"}
)
PROPERTIES = frozenset({"pPr", "rPr", "pBdr", "tabs", "numPr"})
# ... but for these among them: the end of a section, a frame, a tracked change.
BINDING = frozenset({"sectPr", "framePr", "ins", "del", "moveFrom", "moveTo"})

# Fields whose results are worked out when the document is opened or printed, but for those that
# repeat a text of the document.
COMPUTED_FIELDS = re.compile(
    r"\s*(?:=|(?:PAGE|PAGEREF|NUMPAGES|SECTION|SECTIONPAGES|SEQ|DATE|TIME|CREATEDATE|SAVEDATE"
    r"|PRINTDATE|FILENAME)(?![A-Z]))",
    re.IGNORECASE,
)
PICTOGRAM_FONTS = re.compile(r"""dings|["']Symbol["']""")  # fonts whose letters are pictures
# In the style of a drawing.
FLOATING = re.compile(r"position\s*:\s*absolute")
# Values that turn a property off.
OFF = frozenset({"0", "false", "off"})
