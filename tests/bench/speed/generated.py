"""Texts and rules for the benchmarks: made up by a seeded generator, the same on every machine.

The text is English as the seeds have it, with made-up Chinese names garbled as Hangul garbles them;
a tenth of it is from the project's own `seeds/`. Nothing here is anybody's text or name.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]

# As pinyin has it, and as it comes back through Hangul.
_SOUNDS = """
jiang:jang zhang:chang xu:shu jing:ching sun:soon fan:pan qian:chien zhou:jou wu:woo zheng:jung
feng:pung chen:chun wei:wie shen:shun han:hahn yang:yahng zhu:ju qin:chin you:yoo he:huh lu:roo
shi:si kong:gong cao:chao yan:yen hua:hwa jin:gin tao:tow qi:chi xie:sie zou:jo yu:wi bai:paek
dou:du ge:guh xi:shee lang:rang tian:chen dong:doong lin:rin ming:meong xian:sien guo:kwo bo:bor
fu:poo rui:loui kai:kae ling:ryeong hong:heung zhi:ji cheng:chung jie:jeh ping:pyng xiao:shao
yun:win hao:how peng:bung xin:sheen yi:ee zi:tsu
"""
_HEARD = dict(pair.split(":") for pair in _SOUNDS.split())

# What the sentences are filled with, by the letter of the gap: nouns, verbs, adjectives, places,
# and correct names of nobody in the rules.
_WORDS = {
    "n": """
        regulator committee report platform market listing payment merchant warehouse bond deposit
        meeting speech government province newspaper analyst shareholder parcel subsidy contract
        algorithm bank licence school village exchange campaign inspection quarter budget investor
        canteen harbour factory ministry lawyer holiday office
    """,
    "v": """
        questioned welcomed delayed described rejected reviewed approved criticised expected
        explained followed moved measured published divided promoted abandoned opened counted
        ignored praised
    """,
    "a": """
        new careful large former financial quiet foreign rural public second unexpected official
        technical long difficult joint regional private strict cheap popular domestic annual central
        gradual ordinary
    """,
    "p": "Hangzhou Beijing Shenzhen Seoul Singapore Tokyo Frankfurt London",
    "c": """
        Weber Baker Lopez Reed Schmidt Garcia Fischer Morgan Tanaka Silva Novak Olsen Martin Keller
        Rossi Dubois Cooper Murphy Hansen Torres Walker Ivanova Brontë O’Neill
    """,
}
_SENTENCES = """<w> said on Monday that the <a> <n> would be <v> by the <n> before the \
end of the <n>.
According to people close to <w>, the <n> <v> every <a> <n> in <p>, and nobody wanted to be named.
In <y>, <o> <n> <v> a <a> <n>, but the <n> of <p> didn’t change for <d> months.
The <a> <n>, which <w> <v> last year, has grown by <d> percent since the <n> was <v>.
“It is a <a> <n>, and we will answer every letter,” <w> told people after the <n> in <p>.
Shares fell <d>.<d> percent in <p> after <w> <v> the <n>; the <n> did not comment on it.
The <n> wants to look into each <a> <n> at any time, and a <a> <n> will be opened for this purpose.
Neither the <n> nor the <a> <n> was <v> when <w> and <w> met in <p> for the <a> <n>.
For <a> shopkeepers the heaviest question isn’t the <n> but the <n>, because the <n> <v> it twice.
<w> left the <n>, and <w> took over a <n> of <d> billion yuan with the <a> <n> behind it.
One fund wrote to its clients that the <n> had become “a <a> <n>” \
and that the <a> <n> was <v> too late.
While many stories went around, a <a> <n> told the <n> that <w> <v> the <n> \
– at least until the <a> <n>."""


class Name(NamedTuple):
    """A made-up name: its canonical and its garbled form, and the same two as single words."""

    canonical: str
    garbled: str
    word: str
    garbled_word: str


def names(count: int) -> list[Name]:
    """Names whose garbled forms are two words, two with a hyphen in the second, or all hyphens
    (Jang-Pan).
    """
    chance = random.Random(1)
    sounds, found, taken = list(_HEARD), list[Name](), set[str]()
    while len(found) < count:
        family, *given = chance.choices(sounds, k=chance.choice((3, 4)))
        heard = [_HEARD[sound] for sound in given]
        name = Name(
            f"{family} {''.join(given)}".title(),
            chance.choice(("{0} {1}{2}", "{0} {1}-{2}", "{0}-{1}{2}")).format(
                _HEARD[family].title(), heard[0].title(), "".join(heard[1:])
            ),
            f"{family}{''.join(given)}".title(),
            f"{_HEARD[family]}{''.join(heard)}".title(),
        )
        forms = {form.lower() for form in name}
        if len(forms) == len(name) and not forms & taken:
            taken |= forms
            found.append(name)
    return found


def write_text(
    path: Path, size: int, forms: Sequence[str], *, plain: bool = False, avoid: Iterable[str] = ()
) -> None:
    """Write about `size` bytes of paragraphs with `forms` in them, and describe them.

    `plain`: only garbled forms that stand as words, without a possessive. `avoid`: seeds with such
    text are left out, and so are the garbled ones; with it, and without `forms`, the text is clean
    English.
    """
    files = sorted((ROOT / "seeds").glob("clean/*.txt" if avoid else "**/*.txt"))
    seeds = [
        part
        for file in files
        for part in file.read_text(encoding="utf-8").split("\n\n")
        if part.strip()
    ]
    held = [part for part in seeds if not any(word in part for word in avoid)]
    parts, counts = zip(*_paragraphs(size, forms, held, plain=plain), strict=True)
    text = "\n\n".join(parts) + "\n"
    data = text.encode()
    path.write_bytes(data)
    beyond = sum(not char.isascii() for char in text) / len(text)
    inserted = sum(counts)
    print(
        f"{path.name}: {len(data):,} bytes in {len(parts):,} paragraphs, "
        f"{inserted:,} names inserted ({inserted / len(data) * 1000:.2f} a KB), "
        f"{beyond:.2%} of the characters beyond ASCII"
    )


def _paragraphs(
    size: int, forms: Sequence[str], seeds: Sequence[str], *, plain: bool
) -> Iterator[tuple[str, int]]:
    """Paragraphs, each with the number of `forms` in it."""
    chance = random.Random(2)
    pick = chance.choice
    words = {slot: choices.split() for slot, choices in _WORDS.items()}
    sentences = [
        [f"{piece}>".partition(">") for piece in sentence.split("<")]
        for sentence in _SENTENCES.splitlines()
    ]
    while size > 0:
        out: list[str] = []
        count = 0
        if chance.random() < 0.1:
            out.append(pick(seeds))
        for _ in range(0 if out else chance.randint(2, 7)):
            for slot, _, rest in pick(sentences):
                match slot:
                    case "w" | "o":
                        known = bool(forms) and chance.random() < 0.8
                        count += known
                        own = "" if slot == "w" else " own" if plain else "’s"
                        out += (pick(forms if known else words["c"]), own)
                    case "y" | "d":
                        out.append(
                            str(
                                chance.randint(1999, 2024) if slot == "y" else chance.randint(2, 98)
                            )
                        )
                    case _:
                        out.append(pick(words[slot]) if slot in words else slot)
                out.append(rest.removesuffix(">"))
            out.append(" ")
        paragraph = "".join(out).rstrip()
        size -= len(paragraph.encode()) + 2
        yield paragraph, count


def write_rules(folder: Path, pairs: Sequence[tuple[str, str]]) -> Path:
    """Write name rules without evidence, 2,000 a file; a pair is a canonical and a garbled form."""
    folder.mkdir(exist_ok=True)
    for first in range(0, len(pairs), 2000):
        lines = ["kind: name", "type: person", "rules:"]
        for number, (canonical, garbled) in enumerate(pairs[first : first + 2000]):
            lines += [f"- id: n{number}", f"  canonical: {canonical}", f"  variants: [{garbled}]"]
        (folder / f"part-{first // 2000:02}.yaml").write_text(
            "\n".join(lines) + "\n", encoding="utf-8"
        )
    return folder


def bundled_forms() -> set[str]:
    """Return what a clean text must not hold: each form of a bundled name, and some damage."""
    from cleaner import load_rules
    from cleaner.rules.model import Entity

    forms = {",,", "romise", "lternative"}
    for rule in load_rules():
        if isinstance(rule.options, Entity):
            forms.update((*rule.options.right, *rule.options.variants))
    return forms
