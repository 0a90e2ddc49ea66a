"""TBX, the exchange format of termbases (ISO 30042), in its second and third version.

The third has `conceptEntry` and `langSec`, the second `termEntry` and `langSet`. What is said of a
term stands in `termNote` and `descrip` with a `type`, or in an element of that name (the style
DCT). English terms are right forms, the preferred one first; deprecated ones are variants.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from cleaner.names.glossaries import _holding
from cleaner.names.glossaries._elements import Element, parse
from cleaner.names.glossaries._entries import Entry, Notes, checked_entry, has_latin_letter
from cleaner.names.glossaries._scripts import script_of
from cleaner.names.glossaries._source import Source
from cleaner.names.glossaries._words import kind_of
from cleaner.names.name import Name

TITLE = "a TBX termbase"
HOLDS = _holding.Holds(frozenset({"kind", "hanzi", "hangul", "aliases", "variants"}))

_ROOTS = ("martif", "tbx")
_ENTRIES = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")
_SECTIONS = ("termSec", "tig", "ntig")
_STATUS = "administrativeStatus"
_SUBJECT = "subjectField"
_PREFERRED = "preferredTerm-admn-sts"
_ADMITTED = "admittedTerm-admn-sts"
_DEPRECATED = "deprecatedTerm-admn-sts"
_WRONG = ("deprecated", "superseded", "obsolete", "forbidden")


def recognises(source: Source) -> int:
    """Return 3 if the root element is that of TBX."""
    return 3 if not source.is_workbook and source.root in _ROOTS else 0


def entries(source: Source, notes: Notes) -> Iterator[Entry]:
    """Yield the names."""
    for concept in parse(source).all(*_ENTRIES):
        right: list[str] = []
        wrong: list[str] = []
        other: list[str] = []
        for language in concept.all(*_LANGUAGES):
            is_english = _language(language).startswith("en")
            for form, status in _terms(language):
                if not is_english:
                    other.append(form)
                elif status.startswith(_WRONG):
                    wrong.append(form)
                elif status.startswith("preferred"):
                    right.insert(0, form)
                else:
                    right.append(form)
        right = list(filter(has_latin_letter, right))
        if not right:
            notes.add("entries without an English form", f"line {concept.place.line}")
            continue
        yield checked_entry(
            concept.place,
            {
                "canonical": right[0],
                "kind": kind_of(_said(concept, _SUBJECT)),
                "zh": _first_hanzi(other, concept, notes),
                "ko": [form for form in other if script_of(form) == "hangul"],
                "aliases": right[1:],
                "variants": wrong,
            },
        )


def _language(element: Element) -> str:
    return (element.attributes.get("xml:lang") or element.attributes.get("lang", "")).lower()


def _terms(language: Element) -> Iterator[tuple[str, str]]:
    """Yield the terms of a language, each with its status; "" if none is given."""
    sections = list(language.all(*_SECTIONS)) or [language]
    for section in sections:
        status = _said(section, _STATUS).lower()
        for term in section.all("term"):
            yield term.text, status


def _said(element: Element, what: str) -> str:
    """Return what is said of an element, in either style."""
    for one in element.all("termNote", "descrip", what):
        if one.name == what or one.attributes.get("type") == what:
            return one.text
    return ""


def _first_hanzi(forms: Sequence[str], concept: Element, notes: Notes) -> str:
    found = ""
    for form in forms:
        script = script_of(form)
        if script == "hanzi" and not found:
            found = form
        elif script != "hangul":
            where = f"line {concept.place.line}, “{form[:40]}”"
            notes.add("forms in other languages", where)
    return found


def write(names: Sequence[Name]) -> str:
    """Return names as TBX-Basic of the third version."""
    body = "".join(_concept(number, name) for number, name in enumerate(names, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
        "<tbxHeader><fileDesc><sourceDesc><p>names</p></sourceDesc></fileDesc></tbxHeader>\n"
        f"<text><body>\n{body}</body></text>\n</tbx>\n"
    )


def _concept(number: int, name: Name) -> str:
    subject = f'<descrip type="{_SUBJECT}">{name.kind}</descrip>\n' if name.kind else ""
    english = [
        _term(name.canonical, _PREFERRED),
        *(_term(form, _ADMITTED) for form in name.aliases),
        *(_term(form, _DEPRECATED) for form in name.variants),
    ]
    languages = {
        "en": english,
        "zh": [_term(name.hanzi)] if name.hanzi else [],
        "ko": [_term(form) for form in name.hangul],
    }
    sections = [
        f'<langSec xml:lang="{language}">\n{"".join(terms)}</langSec>\n'
        for language, terms in languages.items()
        if terms
    ]
    return f'<conceptEntry id="c{number}">\n{subject}{"".join(sections)}</conceptEntry>\n'


def _term(form: str, status: str = "") -> str:
    note = f'<termNote type="{_STATUS}">{status}</termNote>' if status else ""
    return f"<termSec><term>{escape(form)}</term>{note}</termSec>\n"
