"""Styles: what their names say about the texts that have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from cleaner.formats._container import Member, events_of
from cleaner.formats._xml import Start, value_of

Role: TypeAlias = Literal["", "code", "headline", "caption", "navigation"]

# What the names of styles say. Programs write the names of their own styles in English whatever
# their language is, and people name styles for code in the same ways.
_ROLES: Mapping[Role, re.Pattern[str]] = {
    "code": re.compile(
        r"\b(?:code(?:block)?|source text|verbatim|preformatted|teletype|typewriter|monospaced?"
        r"|html (?:keyboard|sample)|macro(?: text)?)\b"
    ),
    "navigation": re.compile(r"(?:toc|contents|table of figures|index) ?[0-9]*"),
    "headline": re.compile(r"(?:(?:sub)?title|.*\bheading)\b.*"),
    "caption": re.compile(r".*\bcaption\b.*"),
}


def role_of(name: str) -> Role:
    """Return what the name or the identifier of a style says about its texts.

    >>> role_of("HTML Code"), role_of("SourceCode"), role_of("heading 1"), role_of("Normal")
    ('code', 'code', 'headline', '')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|[\s_-]+", " ", name).lower()
    for role, pattern in _ROLES.items():
        if pattern.search(words) if role == "code" else pattern.fullmatch(words):
            return role
    return ""


def roles(source: str, member: Member) -> dict[str, Role]:
    """Return what the styles of a document are for, by their identifiers.

    A style whose name says nothing is for the same as the style that it is based on.
    """
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    style = ""
    for event in events_of(source, member):
        if not isinstance(event, Start):
            continue
        if event.name == "style":
            style = value_of(source, event.span, "styleId") or ""
            names[style] = style
        elif event.name == "name":
            names[style] = value_of(source, event.span, "val") or ""
        elif event.name == "basedOn":
            bases[style] = value_of(source, event.span, "val") or ""
    found: dict[str, Role] = {}
    for style in names:
        seen: set[str] = set()
        base = style
        while base in names and base not in seen and not role_of(names[base]):
            seen.add(base)
            base = bases.get(base, "")
        found[style] = role_of(names.get(base, ""))
    return found
