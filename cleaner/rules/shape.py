"""What a node of a strict YAML file must be, and what to say if it is not.

Every function raises `RuleError` with the place of the node, what is wrong there and what would be
right.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.errors import RuleError, did_you_mean
from cleaner.rules.reader import Node


def mapping_of(
    node: Node, what: str = "this", remedy: str = "write `key: value`"
) -> dict[str, Node]:
    """The entries of a mapping."""
    if isinstance(node.value, dict):
        return node.value
    raise wrong_shape(node, what, "a mapping", remedy)


def items_of(node: Node, key: str) -> list[Node]:
    """The entries of a list."""
    if isinstance(node.value, list):
        return node.value
    raise wrong_shape(
        node, f"`{key}`", "a list", "begin each entry with a hyphen, or write [one, two]"
    )


def text_of(node: Node, key: str, *, empty: bool = False) -> str:
    """A text that is not empty, or (`empty`) may be."""
    if not isinstance(node.value, str):
        raise wrong_shape(
            node, f"`{key}`", "text", "put it into quotes if it begins with [ or {, or holds “: ”"
        )
    if not node.value.strip() and not empty:
        raise RuleError(node.place, f"`{key}` is empty", "write it out, or leave the entry out")
    return node.value


def texts_of(node: Node, key: str) -> tuple[str, ...]:
    """A list of texts, without white space around them."""
    texts = tuple(text_of(item, key) for item in items_of(node, key))
    for item, text in zip(items_of(node, key), texts, strict=True):
        if text != text.strip():
            raise RuleError(item.place, f"“{text}” begins or ends with white space", "leave it out")
    if not texts:
        raise RuleError(node.place, f"`{key}` is an empty list", "fill it, or leave the key out")
    return texts


def choice_of(node: Node, allowed: Iterable[str], key: str) -> str:
    """One of the words that are allowed."""
    text = text_of(node, key)
    if text not in (choices := list(allowed)):
        raise RuleError(node.place, f"there is no {key} “{text}”", did_you_mean(text, choices))
    return text


def known_keys(node: Node, known: Iterable[str]) -> None:
    """Refuse a key that means nothing here."""
    choices = list(known)
    for key, place in node.keys.items():
        if key not in choices:
            raise RuleError(place, f"there is no key `{key}` here", did_you_mean(key, choices))


def wrong_shape(node: Node, what: str, wanted: str, remedy: str) -> RuleError:
    """The error to raise for what is a text, a list or a mapping and should be something else."""
    if node.value == "":
        return RuleError(node.place, f"{what} is empty", remedy)
    return RuleError(node.place, f"{what} is {node.shape}, not {wanted}", remedy)
