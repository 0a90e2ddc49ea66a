"""Other languages than English: their marks stay, whatever a document is like."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.samples import bundled, bundled_rules

CLEANER = Cleaner(bundled_rules(), acts=lambda id_: id_.startswith("quotes/"))

# Each sentence holds what would be a broken quotation in English.
FOREIGN = {
    "German": (
        "Der alte Fluss ist nicht lang, und die Leute nennen ihn auch den’langen Weg’ oder so."
    ),
    "French": (
        "Le fleuve est long, et les gens du pays l’appellent le’vieux chemin’ avec une voix douce."
    ),
    "Spanish": "El río es largo, y la gente del pueblo lo llama el’camino viejo’ para no olvidar.",
    "Italian": (
        "Il fiume è lungo, e la gente del paese lo chiama il’vecchio cammino’ per non dimenticare."
    ),
    "Portuguese": "O rio é longo, e as pessoas não o chamam mais de’velho caminho’ na cidade.",
    "Dutch": (
        "De rivier is lang, en de mensen van het dorp noemen hem ook de’oude weg’ met een lach."
    ),
    "Swedish": "Floden är lång, och folk i byn kallar den för den’gamla vägen’ med ett skratt.",
    "Danish": "Floden er lang, og folk i byen kalder den ikke for den’gamle vej’ med et smil.",
    "Norwegian": "Elva er lang, og folk i bygda kaller den ikke for den’gamle veien’ til hverdags.",
    "Finnish": "Joki on pitkä, ja kylän väki sanoo että se on’vanha tie’, mutta ei muuta.",
    "Hungarian": "A folyó hosszú, és a falu népe azt mondja, hogy ez a’régi út’, de nem mindig.",
    "Polish": "Rzeka jest długa, ale ludzie nie mówią, że to jest’stara droga’ przez las.",
    "Czech": "Řeka je dlouhá, ale lidé říkají, že je to’stará cesta’ při lese nebo při vodě.",
    "Romanian": "Râul este lung, și oamenii din sat nu îl numesc’drumul vechi’ cu un zâmbet.",
    "Turkish": "Nehir uzun, ve köylüler için bu bir’eski yol’ olarak çok bilinir.",
    "Indonesian": (
        "Sungai itu panjang, dan orang yang tinggal di sini tidak menyebutnya’jalan tua’ untuk itu."
    ),
    "Vietnamese": (
        "Con sông dài, và người của làng không gọi nó là’con đường cũ’ trong những năm này."
    ),
    "Croatian": "Rijeka je duga, kao i put, i ljudi od sela ne kažu da je to’stari put’ su rekli.",
    "Catalan": "El riu és llarg, i els homes del poble en diuen el’camí vell’ amb una rialla.",
    "Basque": "Ibaia luzea da, eta herriko jendeak ez dio’bide zaharra’ esaten, dira batzuk.",
    "Irish": "Tá an abhainn fada, agus bhí na daoine ag caint ar an’seanbhóthar’ go minic.",
    "Welsh": (
        "Mae’r afon yn hir, ac mae pobl y pentref wedi ei galw yn’hen ffordd’ ers blynyddoedd."
    ),
    "Latin": (
        "Flumen longum est, et homines qui ad villam habitant non dicunt’via "
        "vetus’ sed aliter, atque cum risu."
    ),
    "Korean": "강은 길고, 마을 사람들은 그것을’옛길’이라고 부르지 않는다.",
    "Japanese": "川は長い。村の人々はそれを’古い道’と呼ばない。",
    "Chinese": "河很长，村里的人不叫它’老路’，而叫别的名字。",
    "Russian": "Река длинная, и люди в деревне не называют её’старая дорога’ уже давно.",
    "Greek": "Το ποτάμι είναι μακρύ, και ο κόσμος δεν το λέει’παλιός δρόμος’ πια.",
}


def test_typewriter_quotes_of_another_language() -> None:
    text = "Der Fluss ist lang, und die Leute nennen ihn ``den Weg'' oder auch ``die Straße''."
    damaged = bundled(damaged=True)
    assert damaged.clean(text).text == text


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages(language: str) -> None:
    """Also in a document that is damaged, and beside an English paragraph."""
    sentence = FOREIGN[language]
    damaged = bundled(damaged=True)
    english = "The river is long, and the people of the village do not call it that any more."
    for text in (sentence, f"{sentence}\n\n{english}", sentence.replace("’", "'")):
        assert CLEANER.clean(text).text == text
        assert damaged.clean(text).text == text
