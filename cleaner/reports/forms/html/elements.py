"""Elements of HTML, built as a tree.

Markup is never made from text, so nothing that a file, a name or a rule holds can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias
from xml.etree.ElementTree import Element, tostring

from cleaner.text.characters import HANGUL, LINE_END
from cleaner.text.visible import visible

Content: TypeAlias = Element | str

# Words by the language that their script tells. Only what has kana is Japanese for certain.
_FOREIGN = re.compile(
    rf"(?P<ko>[{HANGUL}]+(?:[ \u4e00-\u9fff]*[{HANGUL}]+)*)"
    r"|(?P<ja>[\u3041-\u30ff\u4e00-\u9fff]*[\u3041-\u30ff][\u3041-\u30ff\u4e00-\u9fff]*)"
    r"|(?P<zh>[\u4e00-\u9fff]+)"
)


def element(name: str, /, *content: Content, **attributes: str) -> Element:
    """Return an element with its content.

    A trailing underscore of an attribute is dropped, the others become hyphens. Characters that
    nobody sees are written as their codes (see `visible`), apart from line ends and tabs.

    >>> rendered(element("p", "a ", element("b", "< b"), " c", class_="x", aria_label='"'))
    '<p class="x" aria-label="&quot;">a <b>&lt; b</b> c</p>'
    """
    made = Element(name)
    for key, value in attributes.items():
        made.set(key.rstrip("_").replace("_", "-"), _harmless(value))
    append(made, *content)
    return made


def append(parent: Element, *content: Content) -> None:
    """Add content to an element, behind what it has."""
    for part in content:
        if not isinstance(part, str):
            parent.append(part)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + _harmless(part)
        else:
            parent.text = (parent.text or "") + _harmless(part)


def rendered(whole: Element) -> str:
    """Return an element as HTML."""
    return tostring(whole, encoding="unicode", method="html")


def style(sheet: str) -> Element:
    """Return a style sheet of our own as an element, exactly as it is: the policy has its hash."""
    made = Element("style")
    made.text = sheet
    return made


def spoken(text: str) -> Iterator[Content]:
    """Yield a text in parts, with the language of words in Korean, Japanese or Chinese script.

    >>> [rendered(part) if not isinstance(part, str) else part for part in spoken("[AP=연합뉴스]")]
    ['[AP=', '<span lang="ko">연합뉴스</span>', ']']
    """
    end = 0
    for found in _FOREIGN.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        assert found.lastgroup
        yield element("span", found.group(), lang=found.lastgroup)
        end = found.end()
    if end < len(text):
        yield text[end:]


def breakable(name: str) -> Iterator[Content]:
    """Yield the name of a file or a rule, which may be broken behind each slash.

    >>> rendered(element("td", *breakable("names/people/ma-yun")))
    '<td>names/<wbr>people/<wbr>ma-yun</td>'
    """
    *folders, last = visible(name).split("/")
    for folder in folders:
        yield f"{folder}/"
        yield element("wbr")
    yield last


def _harmless(text: str) -> str:
    r"""Return a text with what nobody sees as codes; CR LF and CR become LF.

    >>> _harmless("one\r\ntwo\N{RIGHT-TO-LEFT OVERRIDE}")
    'one\ntwo<U+202E>'
    """
    lines = []
    for line in LINE_END.split(text):
        lines.append("\t".join(map(visible, line.split("\t"))))
    return "\n".join(lines)
