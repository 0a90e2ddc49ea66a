"""Checks that a source is well-formed XML, as programs that read XHTML demand."""

from __future__ import annotations

import re

from cleaner.formats import MalformedError

_ENTITY_IN_VALUE = re.compile(r"&[A-Za-z_:]")
_ALWAYS = True
_IS_FINAL = True  # what expat is given is the whole source
_LONGEST_ENTITY = 1_000  # code points of the text that an entity stands for


def check(source: str, *, member: str = "") -> None:
    """Check a source. The names of references that HTML knows need no definition.

    Nothing outside the source is ever read.

    Args:
        source: the source.
        member: the name of the member of a container that it is.

    Raises:
        MalformedError: it is not well-formed, or defines entities that grow.
    """
    from html.entities import html5
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    parser.UseForeignDTD(_ALWAYS)
    parser.buffer_text = True
    declared: set[str] = set()

    def refuse(what: str) -> MalformedError:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        return MalformedError(what, line=(line, column), member=member)

    def entity(name: str, is_parameter: int, value: str | None, *_: object) -> None:
        declared.add(name)
        if value is None:
            return
        if is_parameter or _ENTITY_IN_VALUE.search(value) or len(value) > _LONGEST_ENTITY:
            what = f"it defines an entity “{name}” that may grow without bounds"
            raise refuse(f"{what}; write its text where it is used")

    def skipped(name: str, is_parameter: int) -> None:
        if not is_parameter and name not in declared and f"{name};" not in html5:
            raise refuse(f"it has an entity “&{name};” that nothing defines; write the character")

    parser.EntityDeclHandler = entity
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(source, _IS_FINAL)
    except expat.ExpatError as error:
        what = f"this is not well-formed XML ({expat.errors.messages[error.code]})"
        raise MalformedError(
            f"{what}; mend it there", line=(error.lineno, error.offset + 1), member=member
        ) from None
