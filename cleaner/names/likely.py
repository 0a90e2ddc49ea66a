"""The likely garbled forms of the entities of rules that say `forms: likely`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from cleaner import cache
from cleaner.names.garbles import Garble, garbles
from cleaner.names.gazetteer import bundled_names, name_of
from cleaner.names.name import Name
from cleaner.names.pivot.background import Background
from cleaner.names.pivot.script import letters
from cleaner.names.pivot.tables import USUAL_PIVOT, load
from cleaner.rules import layers
from cleaner.rules.model import Entity
from cleaner.text.words import is_familiar, is_ordinary

# Up to so many forms of a name, and none that costs more (in nats). tests/bench/names/likely.py
# prints for each pair how many of the garbles on real pages these forms hold.
MOST = 20
MAX_COST = 5.0
# A form that costs less as the name of a Korean (in nats) is refused.
MIN_KOREAN_COST = 20.5

Forms = Mapping[str, str]  # likely forms, each with the way back to the name


def likely_forms(entities: Sequence[Entity]) -> Sequence[Forms]:
    """Return the likely garbled forms of each entity, the likeliest first.

    Left out is what would mean something else: right forms of names in the gazetteer, ordinary
    English, and what is written like the name of a Korean. The result is kept in the user's cache
    until the entities, the tables of names or this program change.

    >>> ma = Entity("Ma Yun", ("Marwin",), source={"zh": "马云", "ko": "마윈"}, type="person")
    >>> [forms] = likely_forms([ma])
    >>> forms["Mawin"]
    'Mawin <- 마윈 <- Ma Yun (as newspapers write it; Revised Romanization)'
    """
    file = f"likely-{layers.fingerprint([], *map(_spelled_out, entities))}"
    known = _kept(cache.recall(file))
    if known is not None:
        return known
    refuses = refusal()
    made: list[Forms] = []
    for entity in entities:
        forms: dict[str, str] = {}
        for garble in chosen(name_of(entity), refuses):
            forms[garble.form] = garble.path(entity.canonical)
        made.append(forms)
    cache.remember(file, json.dumps(made).encode())
    return made


def refusal() -> Callable[[str], bool]:
    """Return a function that tells whether a form would mean something else."""
    right = {form.casefold() for name in bundled_names(layers.bundled()) for form in name.right}
    background = Background(load(USUAL_PIVOT))

    def refuses(form: str) -> bool:
        if form.casefold() in right or _is_english(form) or background.is_korean(form):
            return True
        return background.korean_cost(form) < MIN_KOREAN_COST

    return refuses


def chosen(
    name: Name, refuses: Callable[[str], bool], most: int = MOST, max_cost: float = MAX_COST
) -> list[Garble]:
    """Return the likeliest garbled forms of a name, without those that are refused.

    A form with the letters of a right one, in this order or with the last word first, is no garble:
    Kagiyama Yuma, Yuma-kagiyama.
    """
    right_letters = {letters(form) for form in name.right}
    right_letters |= {letters(" ".join(reversed(form.split()))) for form in name.right}
    found: list[Garble] = []
    for garble in garbles(name, pivot=USUAL_PIVOT, limit=3 * most):
        if garble.cost > max_cost or len(found) == most:
            break
        if letters(garble.form) not in right_letters and not refuses(garble.form):
            found.append(garble)
    return found


def _spelled_out(entity: Entity) -> str:
    """Return everything about an entity that its likely forms depend on."""
    return repr((entity.right, entity.type, sorted(entity.source.items())))


def _kept(data: bytes | None) -> Sequence[Forms] | None:
    """Return the forms that were kept, or None if there are none or they are damaged."""
    with suppress(ValueError):
        made = json.loads(data or b"")
        if isinstance(made, list) and all(cache.has_shape(forms, Forms) for forms in made):
            return made
    return None


def _is_english(form: str) -> bool:
    """Return whether a form is an ordinary word, or made of words that everybody knows.

    >>> _is_english("Shaker"), _is_english("Win Mint"), _is_english("Marwin")
    (True, True, False)
    """
    words = form.replace("-", " ").split()
    if len(words) == 1:
        return is_ordinary(words[0])
    return all(map(is_familiar, words))
