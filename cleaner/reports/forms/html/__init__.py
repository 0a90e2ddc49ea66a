"""Findings as a page to read and to mail: texts before and after, what to look up, and counts.

The page is one file that loads nothing and runs no script, and its policy forbids both. It begins
with the totals, so nothing is written before the last file has been read.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pkgutil import get_data
from xml.etree.ElementTree import Element

from cleaner.reports.forms import About, Entry
from cleaner.reports.forms.html.elements import element, rendered, style
from cleaner.reports.forms.html.files import Section
from cleaner.reports.forms.html.overview import Overview

# Characters of the sections of files. A browser opens a page of this size in seconds; of the files
# behind that, only the counts and what is to be looked up are shown.
_MOST = 20_000_000
# Whoever cleans a folder with a report in it must not clean what the report quotes.
_NOT_TO_BE_CLEANED = "<!-- cleaner: off -->"


def render(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """Yield the page."""
    overview = Overview(about)
    sections: list[str] = []
    size = 0
    for entry in entries:
        section = Section(entry, len(sections) + 1) if entry.findings else None
        if section and size < _MOST:
            written = section.rendered()
            size += len(written)
            sections.append(written)
            overview.add(entry, section)
        else:
            overview.add(entry)
    yield '<!DOCTYPE html>\n<html lang="en">\n'
    yield rendered(_head(overview.title))
    yield f"\n<body>\n{_NOT_TO_BE_CLEANED if overview.has_findings else ''}\n"
    yield from overview.header()
    yield "<main>\n"
    yield from overview.sections()
    yield from sections
    yield "</main>\n"
    yield rendered(_footer(about))
    yield "\n</body>\n</html>\n"


def sheet() -> str:
    """Return the style sheet, with the line ends that a browser counts in its hash."""
    data = get_data(__name__, "page.css")
    assert data
    return data.decode().replace("\r\n", "\n")


def _head(title: str) -> Element:
    css = sheet()
    policy = f"default-src 'none'; style-src '{_hash(css)}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        style(css),
    )


def _hash(css: str) -> str:
    """Return the hash of a style sheet as a policy names it."""
    return f"sha256-{b64encode(sha256(css.encode()).digest()).decode()}"


def _footer(about: About) -> Element:
    said = f"Made by cleaner {about.version}. This page loads nothing and runs no script."
    return element("footer", element("p", said, class_="quiet"))
