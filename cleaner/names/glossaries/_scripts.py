"""Which script a text is written in, as far as lists of names care."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal, TypeAlias

from cleaner.names.glossaries._entries import has_latin_letter

Script: TypeAlias = Literal["hangul", "hanzi", "kana", "latin", ""]

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HANZI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_IN_BRACKETS = re.compile(r"([^()（）]+?)\s*[(（]([^()（）]+)[)）]")


def script_of(text: str) -> Script:
    """Return the script of a text: the rarest of its scripts, as Latin letters are everywhere.

    >>> [*map(script_of, ["SK그룹", "58同城", "東京タワー", "Lü", "7"])]
    ['hangul', 'hanzi', 'kana', 'latin', '']
    """
    if _HANGUL.search(text):
        return "hangul"
    if _KANA.search(text):
        return "kana"
    if _HANZI.search(text):
        return "hanzi"
    return "latin" if has_latin_letter(text) else ""


def main_script(texts: Iterable[str]) -> Script:
    """Return the script of most of the texts that have one.

    >>> main_script(["마윈", "TV", "쉬린", ""])
    'hangul'
    """
    counts = Counter(script for script in map(script_of, texts) if script)
    return counts.most_common(1)[0][0] if counts else ""


def forms_in(text: str) -> list[str]:
    """Return the forms in a text: what is in brackets behind a form is another one.

    >>> forms_in("마윈(馬雲)"), forms_in("마윈")
    (['마윈', '馬雲'], ['마윈'])
    """
    found = _IN_BRACKETS.fullmatch(text.strip())
    if found and script_of(found.group(1)) != script_of(found.group(2)) != "latin":
        return [found.group(1), found.group(2)]
    return [text.strip()]
