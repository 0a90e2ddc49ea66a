"""Texts as the strict reader wants them: plain where that is safe, else in double quotes."""

from __future__ import annotations

import json
import re

from cleaner.rules.reader import CONTROL, INVISIBLE

# Characters that PyYAML refuses unless they are escaped (YAML 1.1, section 5.1).
_NOT_PRINTABLE = re.compile("[\x85\ud800-\udfff\ufffe\uffff]")
# Texts that are safe without quotes inside [...] or {...}, and on a line of their own.
_SAFE_IN_FLOW = re.compile(r"[^\W\d_](?:[\w .’'()&/+-]*[\w.’')+-])?")
_SAFE_IN_BLOCK = re.compile(r"(?:[^\W\d_]|[“‘])(?:(?!: | #|:$)[^\t\r\n])*(?<![\s:])")
# Words that other readers of YAML do not take for text.
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def quoted(text: str) -> str:
    r"""Return a text in double quotes, with every invisible character escaped.

    A string of JSON is one of YAML too.

    >>> print(quoted('a "b"\N{NO-BREAK SPACE}'))
    "a \"b\"\u00a0"
    """
    escaped = json.dumps(text, ensure_ascii=False)
    for pattern in (INVISIBLE, _NOT_PRINTABLE):
        escaped = pattern.sub(_escape, escaped)
    return escaped


def _escape(found: re.Match[str]) -> str:
    point = ord(found.group())
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def scalar(text: str, *, flow: bool = False) -> str:
    """Return a text of one line as it is, if that is safe where it will be, else in quotes.

    `flow` says that it will be inside [...] or {...}.

    >>> scalar("Ma Yun"), scalar("No")
    ('Ma Yun', '"No"')
    >>> scalar("Ma Yun, he said"), scalar("Ma Yun, he said", flow=True)
    ('Ma Yun, he said', '"Ma Yun, he said"')
    """
    safe = _SAFE_IN_FLOW if flow else _SAFE_IN_BLOCK
    if not safe.fullmatch(text) or text.casefold() in _NOT_TEXT:
        return quoted(text)
    if any(pattern.search(text) for pattern in (INVISIBLE, CONTROL, _NOT_PRINTABLE)):
        return quoted(text)
    return text


def flow(*texts: str) -> str:
    """Return texts as a list on one line.

    >>> flow("Ma Win", "Ma, Win")
    '[Ma Win, "Ma, Win"]'
    """
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"
