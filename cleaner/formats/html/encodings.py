"""The encoding that a page declares in itself."""

from __future__ import annotations

import re

_LOOKED_AT = 4_096  # bytes at the beginning; the standard asks for 1,024
_XML = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
_META = re.compile(
    rb"""<!--.*?(?:-->|\Z) | <meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
# What browsers take for these names: a larger encoding. https://encoding.spec.whatwg.org/
_LARGER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a page in UTF-16 cannot be read up to where it says so
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}


def declared(data: bytes) -> str | None:
    """Return the name that Python has for the encoding that a page declares; None if it does not.

    A name of a small encoding stands for the larger one that browsers take it for, if the page can
    be read in that. Of names that Python does not have, browsers ignore those in a <meta>; one in
    an XML declaration is returned as it is.

    >>> declared(b'<meta charset="euc-kr">'), declared(b"<?xml version='1.0' encoding='x'?>")
    ('cp949', 'x')
    """
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    found = _XML.match(head)
    name = found.group(1) if found else None
    for meta in _META.finditer(head) if name is None else ():
        if meta.group(1):
            name = meta.group(1)
            break
    if name is None:
        return None
    label = name.decode("ascii", "replace")
    return _known(label, data) or (label if found else None)


def _known(label: str, data: bytes) -> str | None:
    import codecs

    try:
        name = codecs.lookup(label).name
        "a".encode(name)
    except (LookupError, UnicodeError):
        return None
    larger = _LARGER.get(name)
    if larger:
        try:
            data.decode(larger)
        except UnicodeDecodeError:
            return name
    return larger or name
