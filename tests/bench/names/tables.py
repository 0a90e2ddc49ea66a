"""Make the tables of readings in rules/pivots/ko/ that are facts, not learned.

These are pinyin, sino, hanja, hanzi and romaji.

    python tests/bench/names/tables.py --pinyin FILE --sino FILE --romaji FILE --unihan FOLDER \\
        --out rules/pivots/ko

The first three are plain YAML mappings (syllable -> Hangul, syllable -> {Hangul: probability}, mora
-> Hangul); FOLDER holds Unihan_Readings.txt.bz2 and Unihan_Variants.txt.bz2 (Debian's package
unicode-data, Unicode licence).
"""

from __future__ import annotations

import argparse
import bz2
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

NIKL = "National Institute of Korean Language, Transcription of loanwords (외래어 표기법), table"
MIN_READING = 0.02  # rarer Sino-Korean readings of a syllable are left out


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("--pinyin", "--sino", "--romaji", "--unihan", "--out"):
        ask.add_argument(name, type=Path, required=True)
    asked = ask.parse_args()
    out: Path = asked.out
    out.mkdir(parents=True, exist_ok=True)

    syllables = _mapping(asked.pinyin)
    rows = [f"  {_key(key)}: {value}" for key, value in syllables.items()]
    _write(
        out / "pinyin.yaml",
        "How Korean newspapers write a Chinese syllable: by sound.",
        f"{NIKL} 5 (Chinese), applied to every syllable of Hanyu Pinyin",
        "one row a syllable, written out by program from the rules of the table",
        "sound",
        rows,
    )
    _sino(asked.sino, out, syllables)
    _romaji(asked.romaji, out)
    _characters(asked.unihan, out)


def _sino(path: Path, out: Path, syllables: Collection[str]) -> None:
    """Readings at the beginning of a word, and those elsewhere where Korean keeps an l or n that it
    drops there.
    """
    rows, inner = [], []
    for key, readings in _mapping(path).items():
        if key not in syllables:
            continue
        kept = {hangul: float(p) for hangul, p in dict(readings).items() if float(p) >= MIN_READING}
        total = sum(kept.values())
        likely = sorted(kept.items(), key=lambda item: (-item[1], item[0]))
        cells = ", ".join(f"{hangul}: {p / total:.3f}" for hangul, p in likely)
        rows.append(f"  {_key(key)}: {{{cells}}}")
        undropped: defaultdict[str, float] = defaultdict(float)
        for hangul, p in likely:
            undropped[_undropped(hangul, key[0])] += p / total
        if key[0] in "ln" and set(undropped) != set(kept):
            cells = ", ".join(f"{hangul}: {p:.3f}" for hangul, p in undropped.items())
            inner.append(f"  {_key(key)}: {{{cells}}}")
    _write(
        out / "sino.yaml",
        "How a Chinese syllable is read where its character is unknown: Sino-Korean readings.",
        "Unicode Unihan database (kMandarin, kKorean, kHangul), Unicode licence",
        "for every pinyin syllable, the readings of the characters that have it, with the "
        f"probabilities measured when the model was designed; readings below {MIN_READING} left "
        "out, the rest made to add up to one; `sino_inner` undoes the initial sound law "
        "(두음법칙), which holds at the beginning of a word only",
        "sino",
        [*rows, "sino_inner:", *inner],
    )


def _undropped(hangul: str, letter: str) -> str:
    first, *rest = unicodedata.normalize("NFD", hangul)
    iotated = rest[0] in unicodedata.normalize("NFD", "이야여요유예")
    if letter == "l" and first in ("\N{HANGUL CHOSEONG IEUNG}", "\N{HANGUL CHOSEONG NIEUN}"):
        first = "\N{HANGUL CHOSEONG RIEUL}"
    elif letter == "n" and first == "\N{HANGUL CHOSEONG IEUNG}" and iotated:
        first = "\N{HANGUL CHOSEONG NIEUN}"
    return unicodedata.normalize("NFC", first + "".join(rest))


def _dropped(hangul: str) -> str:
    first, *rest = unicodedata.normalize("NFD", hangul)
    iotated = rest[0] in unicodedata.normalize("NFD", "이야여요유예")
    if first == "\N{HANGUL CHOSEONG RIEUL}":
        first = "\N{HANGUL CHOSEONG IEUNG}" if iotated else "\N{HANGUL CHOSEONG NIEUN}"
    elif first == "\N{HANGUL CHOSEONG NIEUN}" and iotated:
        first = "\N{HANGUL CHOSEONG IEUNG}"
    return unicodedata.normalize("NFC", first + "".join(rest))


def _romaji(path: Path, out: Path) -> None:
    """Word-initial forms from the table; elsewhere k, t and ch are aspirated, and often at the
    beginning too.
    """
    strong = str.maketrans("가기구게고다데도지자주조갸규교", "카키쿠케코타테토치차추초캬큐쿄")
    rows = []
    for key, hangul in _mapping(path).items():
        voiced = key[0] in "gdjz" or hangul.translate(strong) == hangul
        rows.append(f"  {_key(key)}: [{hangul}, {hangul if voiced else hangul.translate(strong)}]")
    _write(
        out / "romaji.yaml",
        "How Korean newspapers write a Japanese mora: at the beginning of a word, and elsewhere.",
        f"{NIKL} 4 (Japanese)",
        "the table's column for Hepburn; the form elsewhere has aspirated k, t, ch",
        "romaji",
        rows,
    )


def _characters(folder: Path, out: Path) -> None:
    korean: dict[str, list[str]] = {}
    mandarin: dict[str, str] = {}
    for char, field, value in _unihan(folder / "Unihan_Readings.txt.bz2"):
        if field == "kHangul":
            korean[char] = [
                unicodedata.normalize("NFC", part.partition(":")[0]) for part in value.split()
            ]
        elif field == "kMandarin":
            mandarin[char] = _toneless(value.split()[0])
    for char, field, value in _unihan(folder / "Unihan_Variants.txt.bz2"):
        if field == "kTraditionalVariant":
            for code in value.split():
                readings = korean.get(chr(int(code[2:], 16)), [])
                korean.setdefault(char, []).extend(
                    r for r in readings if r not in korean.get(char, [])
                )
    by_hangul: defaultdict[str, list[str]] = defaultdict(list)
    by_pinyin: defaultdict[str, list[str]] = defaultdict(list)
    for char in sorted(set(korean) | set(mandarin)):
        if _in_use(char):
            for reading in korean.get(char, [])[:3]:
                by_hangul[reading].append(char)
            if char in mandarin:
                by_pinyin[mandarin[char]].append(char)
    source = "Unicode Unihan database 15.0 ({}), Unicode licence"
    made = (
        "characters of GB 2312 and Big5 level 1; "
        "simplified ones have the readings of their traditional forms"
    )
    dropped = {
        hangul: _dropped(hangul) for hangul in sorted(by_hangul) if _dropped(hangul) != hangul
    }
    _write(
        out / "hanja.yaml",
        "The Sino-Korean readings of a character that is known; the first three.",
        source.format("kHangul, kTraditionalVariant"),
        made,
        "hanja",
        [
            *(f"  {hangul}: {''.join(chars)}" for hangul, chars in sorted(by_hangul.items())),
            "# the initial sound law (두음법칙): what a reading becomes at the beginning of a word",
            "dropped:",
            *(f"  {hangul}: {other}" for hangul, other in dropped.items()),
        ],
    )
    _write(
        out / "hanzi.yaml",
        "The pinyin of a character that is known; the most customary reading.",
        source.format("kMandarin"),
        made,
        "hanzi",
        [f"  {_key(pinyin)}: {''.join(chars)}" for pinyin, chars in sorted(by_pinyin.items())],
    )


def _unihan(path: Path) -> Iterator[tuple[str, str, str]]:
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, field, value = line.rstrip("\n").split("\t")
                yield chr(int(code[2:], 16)), field, value


def _toneless(pinyin: str) -> str:
    letters = unicodedata.normalize("NFD", pinyin).replace("u\u0308", "v")
    return re.sub("[^a-z]", "", letters)


def _in_use(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        try:
            return 0xA440 <= int.from_bytes(char.encode("big5"), "big") <= 0xC67E
        except UnicodeEncodeError:
            return False
    return True


def _mapping(path: Path) -> dict[str, dict[str, str] | str]:
    loaded: dict[str, dict[str, str] | str] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    return loaded


def _key(text: str) -> str:
    return f'"{text}"' if text in {"no", "on", "yes", "y", "n", "null"} else text


def _write(path: Path, what: str, source: str, made: str, table: str, rows: list[str]) -> None:
    head = f"# {what}\nkind: pivot\nsource: {source}\nmade: {made}\n{table}:\n"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
