"""Text of a file on its way to a terminal: nothing in it may move the cursor, hide, or run
backwards.
"""

from __future__ import annotations

import re
from json import dumps

_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\N{SOFT HYPHEN}\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e01ef\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with every control, direction and invisible character spelled out.

    >>> visible("Ma\N{RIGHT-TO-LEFT OVERRIDE} Yun")
    'Ma<U+202E> Yun'
    """
    return _ACTIVE.sub(lambda found: f"<U+{ord(found.group()):04X}>", text)


def spelled(json: str) -> str:
    r"""JSON in which every such character but the line end is an escape.

    >>> print(spelled('"Ma\N{RIGHT-TO-LEFT OVERRIDE} 마윈"'))
    "Ma\u202e 마윈"
    """
    return _ACTIVE.sub(
        lambda found: found.group() if found.group() == "\n" else dumps(found.group())[1:-1], json
    )


def shortened(text: str, most: int = 60) -> str:
    """At most that many characters, the middle left out.

    >>> shortened("a" * 10 + "b" * 10, 9)
    'aaaa…bbbb'
    """
    if len(text) <= most:
        return text
    half = (most - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
