"""Text of a file on its way to a terminal.

Nothing in it may move the cursor, be invisible, or change the direction of writing: a reader must
see what the file contains.
"""

from __future__ import annotations

from json import dumps

from cleaner.text.lazy import lazy_pattern

# All controls, all characters that only affect how others are shown, and those that may be ignored
# when a text is shown (Default_Ignorable_Code_Point in the database of Unicode).
_INVISIBLE = lazy_pattern(
    "[\x00-\x1f\x7f-\x9f\N{SOFT HYPHEN}\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001345f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_INVISIBLE_IN_LINES = lazy_pattern(rf"(?!\n){_INVISIBLE.pattern}")


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
