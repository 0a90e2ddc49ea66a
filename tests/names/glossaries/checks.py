"""What the tests of lists have in common."""

from __future__ import annotations

import pytest

from cleaner import CleanerError, Name
from cleaner.names.glossaries import parse_glossary

MA = Name("Ma Yun", "person", "马云", ("마윈",))
XU = Name("Xu Lin", hangul=("쉬린",))


def check_read(
    file: str, content: str | bytes, title: str, names: list[Name], notes: tuple[str, ...] = ()
) -> None:
    """Check what is read from a list: its format, its names, and how the notes begin."""
    data = content.encode() if isinstance(content, str) else content
    glossary = parse_glossary(data, file)
    assert glossary.title == title
    assert glossary.names == names
    assert len(glossary.notes) == len(notes), glossary.notes
    for note, beginning in zip(glossary.notes, notes, strict=True):
        assert note.startswith(beginning)


def check_refused(file: str, content: str | bytes, error: str) -> None:
    """Check the beginning of the error about a list, which is one line and says what to do."""
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(CleanerError) as caught:
        parse_glossary(data, file)
    said = str(caught.value)
    assert said.startswith(error), said
    assert "; " in said
    assert "\n" not in said
