"""What is compared of two texts that may say the same: letters and digits.

Left out are the typography, a credit at the end, and an ellipsis where a text was cut off.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.text.lazy import lazy_pattern

SHORTEST = 40  # code points of a paragraph that counts
FEW_LETTERS = 10  # of two texts that are compared before all the others
ELLIPSES = ("\N{HORIZONTAL ELLIPSIS}", "...")
WORD = lazy_pattern(r"[^\W_]+")

_NO_LETTER = lazy_pattern(r"[\W_]+")
_NO_LETTER_BEYOND_ASCII = lazy_pattern(r"[^\w\x00-\x7f]+")
_NO_ASCII_LETTERS = bytes(at for at in range(128) if not chr(at).isalnum() and at != ord("\n"))
# A credit at the end: in brackets, or up to four names behind a sentence (“… rise. AP/Yonhap”), or
# a few words of which one is a mark of credits (“… rise. Photo = Yonhap News”).
_LONGEST_CREDIT = 200  # code points, more than the pattern has
CREDIT = lazy_pattern(
    r"[\[(<\N{FULLWIDTH LEFT PARENTHESIS}][^\[\]()<>\r\n]{1,80}"
    r"[\])>\N{FULLWIDTH RIGHT PARENTHESIS}]\W{0,5}\Z"
    r"|(?<=[.!?] )(?:[A-Z][\w.:/&=-]{0,30}(?: |\Z)){1,4}\Z"
    r"|(?<=[.!?] )[^.!?\r\n]{1,30}[=/|][^.!?\r\n]{1,30}\Z"
)
# What it has near its end, unless its last word has a capital.
_CREDIT_SIGNS = frozenset("])>\N{FULLWIDTH RIGHT PARENTHESIS}=/|")
_LONGEST_LAST_FIELD = 31  # code points from the last of these signs to the end


def letters(text: str) -> str:
    """Return the letters and digits of a text.

    >>> letters("the’old river’") == letters("the ‘old river’")
    True
    """
    return _NO_LETTER.sub("", text)


def first_letters(texts: Sequence[str]) -> Sequence[str]:
    """Return the first letters and digits of each text, which cost less to find than all.

    >>> first_letters(["the ‘old river’ is long", "1"])
    ['theoldrive', '1']
    """
    if not texts:
        return []
    # All beginnings are looked at together, with a line end behind each.
    starts = "\n".join(text[:SHORTEST].replace("\n", " ") for text in texts)
    begun = _NO_LETTER_BEYOND_ASCII.sub("", starts).encode()
    letters_of_all = begun.translate(None, delete=_NO_ASCII_LETTERS).decode().split("\n")
    first = [there[:FEW_LETTERS] for there in letters_of_all]
    for number, there in enumerate(first):
        if len(there) < FEW_LETTERS:
            first[number] = letters(texts[number])[:FEW_LETTERS]
    return first


def without_ellipsis(text: str) -> str:
    """Return a text without the ellipsis at its end, and the space before it.

    >>> without_ellipsis("Ice in ....."), without_ellipsis("Ice…"), without_ellipsis("Ice.")
    ('Ice in', 'Ice', 'Ice.')
    """
    if not text.endswith(ELLIPSES):
        return text
    rest = text.rstrip(".") if text.endswith(".") else text[:-1]
    return rest.removesuffix(" ")


def without_credit(text: str) -> str:
    """Return a text without the credit at its end.

    >>> without_credit("The sea froze. (Courtesy of Dalbit)")
    'The sea froze. '
    """
    if not _may_end_in_credit(text):
        return text
    credit = CREDIT.search(text, max(0, len(text) - _LONGEST_CREDIT))
    return text[: credit.start()] if credit else text


def _may_end_in_credit(text: str) -> bool:
    """Return whether `CREDIT` may match. This check costs little.

    >>> _may_end_in_credit("The sea froze. Dalbit"), _may_end_in_credit("The sea froze.")
    (True, False)
    """
    last_word = text.rstrip(" ").rpartition(" ")[2]
    if "A" <= last_word[:1] <= "Z":
        return True
    return not _CREDIT_SIGNS.isdisjoint(text[-_LONGEST_LAST_FIELD:])
