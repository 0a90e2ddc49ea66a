"""What a node of a strict YAML file must be, and what to say if it is something else.

Every function returns the value of a node in the type that is named, or raises `RuleError` with
the place of the node, what is wrong there, and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from cleaner.errors import RuleError, did_you_mean
from cleaner.rules.reader import Node

Choice = TypeVar("Choice", bound=str)

LARGEST_NUMBER = 999  # no option of a rule counts further
_DIGITS = re.compile("[0-9]{1,9}")  # more would only cost time


def mapping_of(
    node: Node, what: str = "this", remedy: str = "write `key: value`"
) -> dict[str, Node]:
    """Return the entries of a mapping."""
    if isinstance(node.value, dict):
        return node.value
    raise wrong_shape(node, what, "a mapping", remedy)


def items_of(node: Node, key: str) -> list[Node]:
    """Return the entries of a list."""
    if isinstance(node.value, list):
        return node.value
    remedy = "begin each entry with a hyphen, or write [one, two]"
    raise wrong_shape(node, f"`{key}`", "a list", remedy)


def text_of(node: Node, key: str, *, empty: bool = False) -> str:
    """Return a text; one that is empty, or only white space, is refused unless `empty` is set."""
    if not isinstance(node.value, str):
        remedy = "put it into quotes if it begins with [ or {, or contains “: ”"
        raise wrong_shape(node, f"`{key}`", "text", remedy)
    if not node.value.strip() and not empty:
        raise RuleError(node.place, f"`{key}` is empty", "write it out, or leave the entry out")
    return node.value


def texts_of(node: Node, key: str) -> tuple[str, ...]:
    """Return a list of texts, which must not be empty; nor may white space surround a text."""
    items = items_of(node, key)
    if not items:
        raise RuleError(node.place, f"`{key}` is an empty list", "fill it, or leave the key out")
    texts = []
    for item in items:
        text = text_of(item, key)
        if text != text.strip():
            raise RuleError(item.place, f"“{text}” begins or ends with white space", "remove it")
        texts.append(text)
    return tuple(texts)


def number_of(node: Node, key: str, *, least: int = 0, most: int = LARGEST_NUMBER) -> int:
    """Return a whole number from `least` to `most`, written in ASCII digits."""
    wanted = f"a whole number from {least} to {most}"
    remedy = f"write it in digits, as in `{key}: 12`"
    if not isinstance(node.value, str) or not node.value:
        raise wrong_shape(node, f"`{key}`", wanted, remedy)
    if not (_DIGITS.fullmatch(node.value) and least <= int(node.value) <= most):
        raise RuleError(node.place, f"`{key}` is “{node.value}”, not {wanted}", remedy)
    return int(node.value)


def choice_of(node: Node, allowed: Iterable[Choice], key: str) -> Choice:
    """Return one of the words that are allowed."""
    text = text_of(node, key)
    choices = {str(choice): choice for choice in allowed}
    if text not in choices:
        raise RuleError(node.place, f"there is no {key} “{text}”", did_you_mean(text, choices))
    return choices[text]


def known_keys(node: Node, known: Iterable[str]) -> None:
    """Refuse the first key of a mapping that is not among those known."""
    choices = list(known)
    for key, place in node.keys.items():
        if key not in choices:
            raise RuleError(place, f"there is no key `{key}` here", did_you_mean(key, choices))


def wrong_shape(node: Node, what: str, wanted: str, remedy: str) -> RuleError:
    """Return the error to raise for a node of another shape than the one that is wanted."""
    if node.value == "":
        return RuleError(node.place, f"{what} is empty", remedy)
    return RuleError(node.place, f"{what} is {node.shape}, not {wanted}", remedy)
