"""Text of a file on its way to a terminal.

Nothing in it may move the cursor, be invisible, or change the direction of writing: a reader must
see what the file contains.
"""

from __future__ import annotations

import re
from json import dumps

_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\N{SOFT HYPHEN}\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef\ud800-\udfff]"
)
_INVISIBLE_IN_LINES = re.compile(rf"(?!\n){_INVISIBLE.pattern}")


def visible(text: str) -> str:
    """Return the text with each control, direction and invisible character written as its code.

    >>> visible("Ma\N{RIGHT-TO-LEFT OVERRIDE} Yun")
    'Ma<U+202E> Yun'
    """
    return _INVISIBLE.sub(lambda found: f"<U+{ord(found.group()):04X}>", text)


def escape_invisible(json: str) -> str:
    r"""Return JSON with each control, direction and invisible character as an escape of JSON.

    Line ends stay, since they are between the values and not in them.

    >>> print(escape_invisible('"Ma\N{RIGHT-TO-LEFT OVERRIDE} 마윈"'))
    "Ma\u202e 마윈"
    """
    return _INVISIBLE_IN_LINES.sub(lambda found: dumps(found.group())[1:-1], json)


def shortened(text: str, most: int = 60) -> str:
    """Return the text, or its beginning and its end with “…” between them.

    The result has at most `most` code points.

    >>> shortened("a" * 10 + "b" * 10, 9)
    'aaaa…bbbb'
    """
    if len(text) <= most:
        return text
    half = (most - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
