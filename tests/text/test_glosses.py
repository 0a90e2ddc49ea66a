"""What a text explains, or shows as words of a language, is no residue."""

from __future__ import annotations

import pytest

from cleaner.text.edits import Span
from cleaner.text.glosses import is_glossed


def place(marked: str) -> tuple[str, Span]:
    """Return a text without its two bars, and the span between them."""
    before, words, after = marked.split("|")
    return before + words + after, Span(len(before), len(before + words))


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("They live in a hanok (|한옥|).", id="behind a word"),
        pytest.param("“Hanok” (|한옥|) is its name.", id="behind a quotation"),
        pytest.param("*Hanok* (|한옥|) is its name.", id="behind emphasis"),
        pytest.param("Mokpo（|목포|） is a port.", id="full-width brackets"),
        pytest.param("Mokpo (Korean: |목포|; Hanja: 木浦) is a port.", id="as encyclopedias do"),
        pytest.param("Mokpo (목포, |木浦|) is a port.", id="the second in brackets"),
        pytest.param("Abe Shinzō (|安倍晋三|) was there.", id="behind a long vowel"),
        pytest.param("|한옥| (hanok) are old.", id="before its transcription"),
        pytest.param("「|暗視|」 [TN: night vision]", id="before a note"),
        pytest.param("|한옥| [hanok] are old.", id="before its sound"),
        pytest.param("“|한옥|” means a house.", id="before its meaning"),
        pytest.param("|犬| – a dog", id="an entry of a list"),
        pytest.param("The word |한옥| is old.", id="as a word"),
        pytest.param("In Japanese, “|かな|” has two signs.", id="in a language"),
        pytest.param("It is written |平安| there.", id="as it is written"),
        pytest.param("The poet Li Bai |李白| drank.", id="behind a name"),
    ],
)
def test_glossed(marked: str) -> None:
    assert is_glossed(*place(marked))


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("The park is open. |서울| is near.", id="no bracket"),
        pytest.param("They met in the park (사진=|한옥|).", id="a credit with a sign"),
        pytest.param("They met in the park (|사진 한옥|).", id="a credit in words"),
        pytest.param("They met in the park (|新华社|).", id="an agency"),
        pytest.param("It ended. (|한옥|)", id="a bracket behind a sentence"),
        pytest.param("They met in the park (|한옥| and", id="a bracket without an end"),
        pytest.param("|홍길동| (hong@example.org)", id="an address"),
        pytest.param("Reporter |李白| was there.", id="a byline in Chinese"),
        pytest.param("|제목| [No. 7 Social News] Snow", id="before a label"),
        pytest.param("He met |李白| there.", id="behind a small word"),
        pytest.param("Li Bai |서울| drank.", id="Hangul behind a name"),
    ],
)
def test_not_glossed(marked: str) -> None:
    assert not is_glossed(*place(marked))
