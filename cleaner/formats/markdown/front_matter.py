"""Titles and descriptions in the front matter of Markdown, which is YAML or TOML.

Only values that stand in one line are read: plain or quoted ones in YAML, quoted ones in TOML.
Where they stand is found line by line; what they say is asked of the parsers of these languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from cleaner.text.builder import Builder
from cleaner.text.edits import Span
from cleaner.text.passage import Passage, as_it_is
from cleaner.text.sourcemap import UnwritableError

_YAML = re.compile(
    r"""^ (?P<key> [\w-]+ ) : [ \t]++
      (?P<value> " (?: [^"\\\r\n] | \\. )*+ " | ' (?: [^'\r\n] | '' )*+ ' | [^\s"'] [^\r\n]*? )
      [ \t]* (?: (?<=\s) \#[^\r\n]* )? (?= [\r\n] | \Z )""",
    re.MULTILINE | re.VERBOSE,
)
_TOML = re.compile(
    r"""^ (?P<key> [\w-]+ ) [ \t]* = [ \t]*
      (?P<value> "(?!"") (?: [^"\\\r\n] | \\. )*+ " | '(?!'') [^'\r\n]*+ ' )
      [ \t]* (?: \#[^\r\n]* )? (?= [\r\n] | \Z )""",
    re.MULTILINE | re.VERBOSE,
)
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)  # where the first table of TOML begins
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")


def add_fields(builder: Builder, span: Span, fields: Sequence[str]) -> None:
    """Add the values of these keys of the front matter to a document, as titles.

    Args:
        builder: what makes the document.
        span: the front matter; it may be empty.
        fields: the keys.
    """
    front_matter = span.of(builder.source)
    is_yaml = "---" in front_matter[:5]
    for key, value in _values(front_matter, is_yaml=is_yaml):
        if key in fields:
            _add_value(builder, value.moved(span.start), is_yaml=is_yaml)


def _values(front_matter: str, *, is_yaml: bool) -> Iterator[tuple[str, Span]]:
    """Yield the keys of the top level that have text in one line, and where their values are."""
    if is_yaml:
        tops = _yaml_values(front_matter)
        for found in _YAML.finditer(front_matter):
            if found.start("value") in tops:
                yield found.group("key"), Span(*found.span("value"))
        return
    if not _is_toml(front_matter):
        return
    table = _TABLE.search(front_matter)
    for found in _TOML.finditer(front_matter, 0, table.start() if table else len(front_matter)):
        yield found.group("key"), Span(*found.span("value"))


def _yaml_values(front_matter: str) -> set[int]:
    """Return where the texts begin that are values of keys of the top level and end in their line.

    A list of lines, a number, a date or a reference is no text.
    """
    import yaml

    try:
        root = yaml.compose(_body(front_matter), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return set()
    if not isinstance(root, yaml.MappingNode):
        return set()
    starts: set[int] = set()
    for _, value in root.value:
        if not isinstance(value, yaml.ScalarNode) or value.tag != "tag:yaml.org,2002:str":
            continue
        start, end = value.start_mark, value.end_mark
        is_as_it_stands = front_matter[start.index : end.index] == value.value
        is_quoted = value.style in {"'", '"'} and front_matter[start.index] == value.style
        if start.line == end.line and (is_as_it_stands or is_quoted):
            starts.add(start.index)
    return starts


def _is_toml(front_matter: str) -> bool:
    import tomllib

    try:
        tomllib.loads(_body(front_matter).replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return True


def _body(front_matter: str) -> str:
    """Return front matter without its last fence, and with spaces for the first one."""
    first = front_matter.index("\n") if "\n" in front_matter else 0
    body = " " * first + front_matter[first:].rstrip()
    return body[: max(body.rfind("\n"), body.rfind("\r")) + 1]


def _add_value(builder: Builder, span: Span, *, is_yaml: bool) -> None:
    """Add one value, with or without quotation marks around it."""
    source = builder.source
    quote = source[span.start]
    is_quoted = quote in {"'", '"'}
    builder.frame(span, as_it_is if is_quoted else _quoted_if_necessary)
    passage = builder.open("title")
    inside = Span(span.start + 1, span.end - 1)
    if quote == '"':
        passage.spell = _in_double_quotes
        _add_escaped(passage, source, inside)
    elif quote == "'":
        passage.spell = partial(_in_single_quotes, is_yaml)
        _add_doubled(passage, source, inside)
    else:
        passage.spell = _on_one_line
        passage.verbatim(source, span)


def _add_escaped(passage: Passage, source: str, span: Span) -> None:
    at = span.start
    for escape in _ESCAPE.finditer(source, *span):
        passage.verbatim(source, Span(at, escape.start()))
        passage.spelled(Span(*escape.span()), _unescaped(escape.group()))
        at = escape.end()
    passage.verbatim(source, Span(at, span.end))


def _unescaped(escape: str) -> str:
    r"""Return what an escape in double quotes stands for.

    >>> _unescaped(r"\u2018"), _unescaped(r"\x41")
    ('‘', 'A')
    """
    import yaml

    text: str = yaml.safe_load(f'"{escape}"')
    return text


def _add_doubled(passage: Passage, source: str, span: Span) -> None:
    """Add a text in single quotes, where one that is meant is written twice."""
    at = span.start
    while (quote := source.find("''", at, span.end)) >= 0:
        passage.verbatim(source, Span(at, quote))
        passage.spelled(Span(quote, quote + 2), "'")
        at = quote + 2
    passage.verbatim(source, Span(at, span.end))


def _on_one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise UnwritableError("a value of the front matter is one line")
    return text


def _in_double_quotes(text: str) -> str:
    return _on_one_line(text).replace("\\", r"\\").replace('"', r"\"")


def _in_single_quotes(is_yaml: bool, text: str) -> str:  # noqa: FBT001 - see `partial`
    if is_yaml:
        return _on_one_line(text).replace("'", "''")
    if "'" in text:
        raise UnwritableError("TOML has no single quote inside single quotes")
    return _on_one_line(text)


def _quoted_if_necessary(value: str) -> str:
    """Return a plain value of YAML as it has to be written: in quotes if it would not be a text.

    >>> _quoted_if_necessary("Ma Yun"), _quoted_if_necessary("Ma Yun: a life")
    ('Ma Yun', '"Ma Yun: a life"')
    """
    import yaml

    try:
        is_plain = yaml.safe_load(f"a: {value}\n") == {"a": value}
    except yaml.YAMLError:
        is_plain = False
    return value if is_plain else f'"{_in_double_quotes(value)}"'
