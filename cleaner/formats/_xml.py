"""XML as a flat sequence of events, each with its exact place in the source.

Expat decides whether a source is well-formed. So what it has accepted can be cut into tags, texts
and comments by one regular expression, which keeps every position in code points of the source.
Attributes are looked at only if somebody asks for them. Everything is linear in the source.

    for event in events(source):
        match event:
            case Start(name="p"): ...
            case Text(): passage.verbatim(source, event.span)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cleaner.formats import MalformedError
from cleaner.text.edits import Span
from cleaner.text.sourcemap import Spell, UnwritableError

if TYPE_CHECKING:
    from pyexpat import XMLParserType

MOST_DEPTH = 1_000  # elements inside each other

_IS_FINAL = True  # what expat is given is the whole document

_AGAIN = "save it again with the program that made it"

# The subset of a document type may hold comments and quoted values with any mark in them.
_SUBSET = r"""\[(?:<!--.*?-->|<\?.*?\?>|"[^"]*+"|'[^']*+'|[^\]])*+\]"""
_TOKEN = re.compile(
    r"""
    (?P<text>     [^<&\r]++ )
  | (?P<end>      </ [^>]*+ > )
  | (?P<start>    < (?![!?]) (?: [^>"']++ | "[^"]*+" | '[^']*+' )*+ > )
  | (?P<spelled>  &[^;]*+; | \r\n? )
  | <!\[CDATA\[ (?P<cdata> .*? ) \]\]>
  | (?P<comment>  <!-- .*? --> )
  | (?P<other>    <\? .*? \?> | <!DOCTYPE (?: [^>\["']++ | "[^"]*+" | '[^']*+' | SUBSET )*+ > )
    """.replace("SUBSET", _SUBSET),
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"[^\s/>]+")
_ATTRIBUTE = re.compile(r"""([^\s="'/<>]+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_LINES = re.compile(r"[^\r]++|\r\n?")
_REFERENCE = re.compile(r"&([^;]*);|\r\n?|[\t\n]")
_DECLARED = re.compile(r"""<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
_NUMBERED = re.compile("&#(x?)")  # a reference by number
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


class Start(NamedTuple):
    """A start tag. Behind that of an empty element (`<br/>`) follows an `End` without extent.

    Attributes:
        span: the tag.
        name: the name of the element without its prefix.
        namespace: the namespace of the element, "" if it has none.
    """

    span: Span
    name: str
    namespace: str


class End(NamedTuple):
    """An end tag. See `Start`."""

    span: Span
    name: str
    namespace: str


class Text(NamedTuple):
    """A part of a text between tags.

    Attributes:
        span: the part. In a CDATA section it is without the marks of the section.
        text: what it says.
        verbatim: whether the source says it character for character.
        cdata: whether it stands in a CDATA section.
    """

    span: Span
    text: str
    verbatim: bool
    cdata: bool = False


class Comment(NamedTuple):
    """A comment. `span` includes its marks."""

    span: Span


class Other(NamedTuple):
    """A declaration of XML or of a document type, or a processing instruction."""

    span: Span


Event: TypeAlias = Start | End | Text | Comment | Other


class Attribute(NamedTuple):
    """An attribute of a tag.

    Attributes:
        name: its name as it is written, with the prefix: `xml:lang`.
        span: its value, without quotation marks.
        value: its value as a program reads it.
        quote: the mark around the value.
    """

    name: str
    span: Span
    value: str
    quote: str

    @property
    def local(self) -> str:
        """Its name without the prefix."""
        return self.name.rpartition(":")[2]


def events(source: str, start: int = 0, end: int | None = None) -> Iterator[Event]:
    """Yield what an XML document consists of, in order.

    Args:
        source: the source; spans are positions in it.
        start, end: where the document begins and ends in the source.

    Raises:
        MalformedError: it is not well-formed, declares entities, or is nested too deeply.

    >>> for event in events("<p>A&amp;</p>"):
    ...     print(event)
    Start(span=Span(start=0, end=3), name='p', namespace='')
    Text(span=Span(start=3, end=4), text='A', verbatim=True, cdata=False)
    Text(span=Span(start=4, end=9), text='&', verbatim=False, cdata=False)
    End(span=Span(start=9, end=13), name='p', namespace='')
    """
    end = len(source) if end is None else end
    check(source, start, end)
    names = _Names()
    for token in _TOKEN.finditer(source, start, end):
        kind = token.lastgroup
        span = Span(*token.span())
        if kind == "text":
            yield Text(span, token.group(), verbatim=True)
        elif kind == "start":
            tag = token.group()
            name, namespace = names.open(tag, span.start)
            yield Start(span, name, namespace)
            if tag.endswith("/>"):
                yield End(Span(span.end, span.end), *names.close())
        elif kind == "end":
            yield End(span, *names.close())
        elif kind == "spelled":
            yield Text(span, decoded(token.group(), span.start), verbatim=False)
        elif kind == "cdata":
            yield from _lines(source, Span(*token.span(kind)))
        elif kind == "comment":
            yield Comment(span)
        else:
            yield Other(span)


def _lines(source: str, span: Span) -> Iterator[Text]:
    """Yield the parts of a CDATA section, where nothing but line ends is spelled otherwise."""
    for part in _LINES.finditer(source, *span):
        verbatim = not part.group().startswith("\r")
        text = part.group() if verbatim else "\n"
        yield Text(Span(*part.span()), text, verbatim, cdata=True)


class _Names:
    """The names of the elements that are open, and which prefixes stand for which namespaces."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []
        self._prefixes = {"": "", "xml": _XML_NAMESPACE}
        self._known: dict[str, tuple[str, str]] = {}  # names as they are written
        self._outer: list[tuple[int, dict[str, str]]] = []  # prefixes outside, by depth

    def open(self, tag: str, at: int) -> tuple[str, str]:
        """Enter an element; return its name and namespace."""
        if len(self._open) == MOST_DEPTH:
            raise MalformedError(f"more than {MOST_DEPTH:,} elements are nested; {_AGAIN}", at)
        if "xmlns" in tag:
            self._declare(tag)
        found = _NAME.match(tag, 1)
        assert found  # expat has seen it
        name = self._known.get(found.group())
        if name is None:
            prefix, _, local = found.group().rpartition(":")
            name = local, self._prefixes[prefix]
            self._known[found.group()] = name
        self._open.append(name)
        return name

    def _declare(self, tag: str) -> None:
        declared: dict[str, str] = {}
        for attribute in attributes(tag, Span(0, len(tag))):
            prefix, _, local = attribute.name.rpartition(":")
            if attribute.name == "xmlns":
                declared[""] = attribute.value
            elif prefix == "xmlns":
                declared[local] = attribute.value
        if declared:
            self._outer.append((len(self._open), self._prefixes))
            self._prefixes = self._prefixes | declared
            self._known = {}

    def close(self) -> tuple[str, str]:
        """Leave an element; return its name and namespace."""
        name = self._open.pop()
        if self._outer and self._outer[-1][0] == len(self._open):
            self._prefixes = self._outer.pop()[1]
            self._known = {}
        return name


def attributes(source: str, tag: Span) -> list[Attribute]:
    """Return the attributes of a start tag, in order, declarations of namespaces included.

    Raises:
        MalformedError: a value holds an entity that is not declared.

    >>> attributes("<p lang='en'>", Span(0, 13))
    [Attribute(name='lang', span=Span(start=9, end=11), value='en', quote="'")]
    """
    found: list[Attribute] = []
    name = _NAME.match(source, tag.start + 1)
    begin = name.end() if name else tag.start
    for attribute in _ATTRIBUTE.finditer(source, begin, tag.end):
        span = Span(*attribute.span(attribute.lastindex or 0))
        value = decoded(span.of(source), span.start, is_value=True)
        found.append(Attribute(attribute.group(1), span, value, source[span.end]))
    return found


def value_of(source: str, tag: Span, local: str) -> str | None:
    """Return the value of an attribute, given its name without a prefix; None if it is missing."""
    for attribute in attributes(source, tag):
        if attribute.local == local:
            return attribute.value
    return None


def decoded(raw: str, at: int = 0, *, is_value: bool = False) -> str:
    r"""Return what a part of a source says, with its references and line ends resolved.

    Args:
        raw: the part, without tags.
        at: where it stands, for the error.
        is_value: whether it is the value of an attribute, in which white space is a space.

    Raises:
        MalformedError: it holds an entity that is not declared.

    >>> decoded("R&amp;D&#x2019;s\r\n")
    'R&D’s\n'
    """

    def one(found: re.Match[str]) -> str:
        name = found.group(1)
        if name is None:
            return " " if is_value else found.group().replace("\r\n", "\n").replace("\r", "\n")
        if name.startswith("#x"):
            return chr(int(name[2:], 16))
        if name.startswith("#"):
            return chr(int(name[1:]))
        if name not in _ENTITIES:
            what = f"the entity {found.group()} is not declared; write the character itself"
            raise MalformedError(what, at + found.start())
        return _ENTITIES[name]

    return _REFERENCE.sub(one, raw)


def check(source: str, start: int, end: int) -> None:
    """Refuse what is not well-formed XML, and what declares entities.

    Raises:
        MalformedError: it is so.
    """
    from xml.parsers.expat import ExpatError, ParserCreate, errors

    data = source[start:end].encode("utf-8", "surrogatepass")
    # The namespaces are resolved too, so that a prefix without one is an error.
    parser = ParserCreate("utf-8", namespace_separator=" ")
    parser.EntityDeclHandler = _refuse_entities(parser, data, start)
    try:
        parser.Parse(data, _IS_FINAL)
    except ExpatError as error:
        what = f"it is not well-formed XML ({errors.messages[error.code]}); {_AGAIN}"
        raise MalformedError(what, start + _code_points(data, parser.ErrorByteIndex)) from None


def _refuse_entities(parser: XMLParserType, data: bytes, start: int) -> Callable[..., None]:
    """Return what expat calls for the declaration of an entity."""

    def refuse(*_: object) -> None:
        what = f"it declares entities of its own, which are not read; {_AGAIN}"
        begin = data.rfind(b"<!ENTITY", 0, parser.CurrentByteIndex + 1)
        raise MalformedError(what, start + _code_points(data, max(begin, 0)))

    return refuse


def _code_points(data: bytes, index: int) -> int:
    return len(data[:index].decode("utf-8", "surrogatepass"))


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the bytes of a document declare; None if they declare none.

    >>> declared_encoding(b"<?xml version='1.0' encoding='EUC-KR'?><p/>")
    'EUC-KR'
    """
    beginning = data[:1024].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    found = _DECLARED.match(beginning)
    if not found or found.group(1).lower().startswith(("utf-16", "ucs-2")):
        return None  # what can be read byte by byte is not UTF-16, whatever it says
    return found.group(1)


def unpacked(data: bytes, member: str) -> str:
    """Return the source in the bytes of a member of a container.

    A byte order mark stays part of the source, so `packed` gives the same bytes again.

    Raises:
        MalformedError: they are not text in the encoding that the member declares.
    """
    encoding = _encoding(data)
    try:
        source = data.decode(encoding)
        is_exact = encoding == "utf-8" or source.encode(encoding) == data
    except (UnicodeError, LookupError):
        is_exact = False
    if not is_exact:
        raise MalformedError(f"it is not text in {encoding}; {_AGAIN}", member=member)
    if "\0" in source:
        raise MalformedError(f"it holds the character NUL; {_AGAIN}", member=member)
    return source


def packed(source: str, data: bytes, member: str) -> bytes:
    """Return the bytes of a changed member, in the encoding of its bytes before.

    Raises:
        MalformedError: its encoding has no such character.
    """
    encoding = _encoding(data)
    try:
        return source.encode(encoding)
    except UnicodeEncodeError as error:
        what = f"{encoding} has no “{source[error.start]}”; save it in UTF-8"
        raise MalformedError(what, member=member) from None


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding
    return declared_encoding(data) or "utf-8"


def speller(source: str, start: int = 0, end: int | None = None) -> Spell:
    """Return what spells a text of an element as this document does.

    Characters that its encoding has not, and all that are not ASCII where the document writes
    ASCII and references by number, become such references.

    >>> speller("<p>It&#x2019;s</p>")("R&D’s")
    'R&amp;D&#x2019;s'
    """
    end = len(source) if end is None else end
    document = source[start:end].removeprefix("\ufeff")
    declared = _DECLARED.match(document)
    encoding = declared.group(1) if declared else "utf-8"
    numbered = _NUMBERED.search(document) if document.isascii() else None
    if numbered:
        encoding = "ascii"
    form = "&#x{:X};" if numbered and numbered.group(1) else "&#{};"

    def spell(text: str) -> str:
        _check_allowed(text)
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        escaped = escaped.replace("\r", "&#13;")
        if escaped.isascii():
            return escaped
        return "".join(char if _has(encoding, char) else form.format(ord(char)) for char in escaped)

    return spell


def spell_cdata(text: str) -> str:
    """Spell a text in a CDATA section.

    Raises:
        UnwritableError: a part of it might end the section.
    """
    _check_allowed(text)
    if "]" in text or ">" in text:
        raise UnwritableError("this might end the CDATA section")
    return text


def _check_allowed(text: str) -> None:
    if _FORBIDDEN.search(text):
        raise UnwritableError("XML cannot hold this control character")


def _has(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
