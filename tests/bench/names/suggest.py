"""How well suggestions find what the rules know, in all seeds: with the names of rules and
gazetteer, not the variants.

    python tests/bench/names/suggest.py         precision and recall
    python tests/bench/names/suggest.py --list  every form that was missed or wrongly proposed

What the rules of people, organisations and places change in a seed is taken for the truth: a form
and its name. A form is found if its name comes first; what is proposed beside these forms counts
against precision, though some of it may be worth a look. Good pages must have no proposal beyond
doubt, and at most one other each.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
from cleaner import Cleaner, load_rules
from cleaner.formats import for_name
from cleaner.names.gazetteer import known_names
from cleaner.names.suggest import Finder

ROOT = Path(__file__).parents[3]


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--list", action="store_true")
    wish = options.parse_args()
    rules = load_rules()
    cleaner, names = Cleaner(rules, level="suggest"), known_names(rules)
    kinds = {
        rule.id for rule in rules if rule.id.startswith(("names/people/", "names/organisations/"))
    }
    right = found = proposed = 0
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        document = for_name(path.name).read(text)
        edits = [edit for edit in cleaner.clean(text).edits if edit.rule in kinds]
        there = [(edit.span.of(text), edit.replacement) for edit in edits]
        truth = {form: name for form, name in there if not form.isupper()}
        finder = Finder(names)
        finder.add(path.name, document, "auto")
        named = [group for group in finder.groups() if group.canonical]
        said = {member.form: group.canonical for group in named for member in group.members}
        right += len(truth)
        found += sum(said.get(form) == name for form, name in truth.items())
        proposed += len(said)
        if wish.list:
            for form in sorted(truth.keys() | said.keys()):
                if truth.get(form) != said.get(form):
                    wanted, got = (one.get(form, "(nothing)") for one in (truth, said))
                    print(f"{path.name}: {form}: {wanted}; proposed: {got}")
    print(
        f"{right} forms: recall {found / right:.3f}, precision {found / proposed:.3f} "
        f"({proposed} proposed) with {len(names)} names"
    )
    for path in sorted((ROOT / "seeds" / "clean").glob("*.txt")):
        finder = Finder(names)
        finder.add(path.name, for_name(path.name).read(path.read_text(encoding="utf-8")), "auto")
        groups = finder.groups()
        if groups:
            said = ", ".join(
                f"{member.form} -> {group.canonical}"
                for group in groups
                for member in group.members
            )
            strong = sum(group.strong for group in groups)
            print(f"clean/{path.name}: {strong} strong, {len(groups)} in all: {said}")


if __name__ == "__main__":
    main()
