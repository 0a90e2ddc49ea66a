"""Texts as the strict reader wants them: plain where that is safe, in double quotes where it is
not.
"""

from __future__ import annotations

import json
import re

from cleaner.rules.reader import CONTROL, INVISIBLE

# YAML 1.1, section 5.1; PyYAML refuses them raw
_NOT_PRINTABLE = re.compile("[\x85\ud800-\udfff\ufffe\uffff]")
_FLOW = re.compile(r"[^\W\d_](?:[\w .’'()&/+-]*[\w.’')+-])?")
_BLOCK = re.compile(r"(?:[^\W\d_]|[“‘])(?:(?!: | #|:$)[^\t\r\n])*(?<![\s:])")
# no text for other readers
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def quoted(text: str) -> str:
    r"""A text in double quotes (JSON is YAML), with everything invisible spelled out.

    >>> print(quoted('a "b"\N{NO-BREAK SPACE}'))
    "a \"b\"\u00a0"
    """
    plain = json.dumps(text, ensure_ascii=False)
    for pattern in (INVISIBLE, _NOT_PRINTABLE):
        plain = pattern.sub(_escaped, plain)
    return plain


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def scalar(text: str, *, flow: bool = False) -> str:
    """A text of one line as it is, if that is safe where it stands (`flow`: inside [...] or {...}),
    else in quotes.

    >>> scalar("Ma Yun"), scalar("Ma Yun, he said"), scalar("Ma Yun, he said", flow=True), scalar("No")
    ('Ma Yun', 'Ma Yun, he said', '"Ma Yun, he said"', '"No"')
    """
    safe = (_FLOW if flow else _BLOCK).fullmatch(text) and text.casefold() not in _WORDS
    unsafe = any(pattern.search(text) for pattern in (INVISIBLE, CONTROL, _NOT_PRINTABLE))
    return text if safe and not unsafe else quoted(text)


def flow(*texts: str) -> str:
    """Texts as a list on one line.

    >>> flow("Ma Win", "Ma, Win")
    '[Ma Win, "Ma, Win"]'
    """
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"
