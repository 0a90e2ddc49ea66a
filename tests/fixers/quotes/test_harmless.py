"""Marks that are no quotation marks, kind by kind: not one of them may change anything."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, load_rules

CLEANER = Cleaner(load_rules(), acts=lambda id_: id_.startswith("quotes/"))

# Cities, counties and districts of China with a syllable mark.
CITIES = """
Xi’an Tai’an Huai’an Ji’an Lu’an Ya’an Yan’an Pu’er Ma’anshan Da’an Rui’an Fu’an Yong’an Nan’an
Bei’an Ning’an Hai’an Qian’an Wu’an Gong’an Gu’an Jing’an Ping’an Ji’ao Lin’an Chun’an Tong’an
Xing’an Dong’an Long’an Chang’an Tian’anmen Hong’an Yun’an Hui’an Zhao’an Xin’an Shu’ang Gao’an
Le’an Wan’an Ding’an Pu’an An’xi Qing’an Sui’an Ren’ai Zhong’ou Tian’e Xi’e Chang’e Hua’an
"""
ARABIC_AND_HEBREW = """
Qur’an Shi’a Shi’ite Ka’ba Sa’id Ba’ath shari’a bid’a da’wa Mu’awiya Ma’arif Isma’ili jama’at
Sana’a Fatah’s ra’y Be’er Ya’akov Ne’eman Sha’ar Ra’anana Ha’aretz Va’ad Yisra’el Bene’i
"""
OTHERS = """
Hawai’i Kaua’i O’ahu Moloka’i Lana’i Ke’eaumoku ho’oponopono ma’a O’Brien D’Arcy N’Djamena
Shin’ichi Jun’ichirō Ken’ya A’ja Be’lakor T’Pol Do’Urden
"""


@pytest.mark.parametrize("word", (CITIES + ARABIC_AND_HEBREW + OTHERS).split())
@pytest.mark.parametrize(
    "sentence",
    [
        "They call it ‘{}’ here, and the river is long.",
        "They call it '{}' here, and the river is long.",
        "“The road to ‘{}’ is closed,” he said.",
        "The ‘{} of the old maps’ and the new one are not the same.",
        "In {}, the ‘old city’ and the students’ houses stand.",
        "He wrote ‘of {} and its people’, and she of {}.",
        "‘We left {} in the morning and came to {} at night.",
    ],
    ids=["quoted", "straight", "nested", "first", "outside", "inside", "not closed"],
)
def test_a_mark_inside_a_name(word: str, sentence: str) -> None:
    curly = sentence.replace("{}", word)
    straight = curly.replace("’", "'").replace("‘", "'")
    for text in (curly, straight):
        assert CLEANER.clean(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The caliph ‘Umar and the Shi‘a of Kufa made peace.", id="ayn, inside"),
        pytest.param(
            "The ‘ulama’ and the Ka‘ba, the ra‘y of ‘Ali and the du‘a of the day.", id="ayn"
        ),
        pytest.param("The rabbi of Be‘er Sheva read the Sha‘ar to the elders’ sons.", id="ayin"),
        pytest.param("She said ‘the fuqaha’ of the city’ and left.", id="hamza at the end"),
        pytest.param(
            "His Siyar a’lam al-nubala’ is long, and the A’mash of it is old.", id="article"
        ),
        pytest.param("Siyar a'lam al-nubala': he should give up the relations.", id="straight"),
        pytest.param(
            "‘We’, he said of the word 'da'at', 'Da'at is a word of the soul.'", id="da'at"
        ),
        pytest.param(
            "the Kaua‘i coast and the O‘ahu roads, the ‘ohana of the Lana‘i people", id="okina"
        ),
    ],
)
def test_letters_of_other_alphabets(text: str) -> None:
    assert CLEANER.clean(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        # Italian
        "She studied commedia dell’Arte and felt it, she wrote, nell’anima.",
        "He sang all’alba of the dell’Acqua house, and the tenors’ aria went on.",
        "the Accademia d’arte and the sull’onda of the poets’ circle",
        "un’altra volta, she said, and the buon’anima of the neighbours’ aunt",
        # French
        "an entr’acte of the l’amour kind, and the d’accord of the actors’ union",
        "He had the je-ne-sais-qu’est of a grand’mère in the farmers’ house.",
        "the jusqu’au bout of the soldiers’ song and the presqu’île of the maps",
        # Catalan
        "the Palau de l’Abadia and the n’era of the painters’ table",
        # Irish
        "the d’Fhág of the song and the O’Neill of the chiefs’ hall",
        # English dialect and verse
        "‘I were i’faith to see the pa’son, and d’y’see he went.",
        "'I were i'faith to see the pa'son, and d'y'see he went.",
        "o’the house i’th’ lane wi’the lads’ dogs, an’all th’old folks’ cats",
        "He reck’ned it reg’lar, hows’ever, and the gov’nor s’posed a’most as much of the boys’.",
        "“’Tis ’ard, sir, for the young ’ooman; hows’ever, that’s neither ’ere nor there.”",
        "“You don’t see the ’ud of it, and the reg’lar wagrants there; trust ’em.”",
        "the fo’c’sle, the bo’s’n and the bos’un’s mates’ berths, for’ard of the mizzen",
        "Thou know’st the’re gone, and e’en the o’er-long nights’ watch is done.",
    ],
    ids=lambda text: text[:28],
)
def test_elisions(text: str) -> None:
    straight = text.replace("’", "'").replace("‘", "'")
    for variant in (text, straight):
        assert CLEANER.clean(variant).text == variant


@pytest.mark.parametrize(
    "text",
    [
        "gl:'begin'/1 and gl:'end'/0 delimit the vertices of the shape.",
        "It is {type,ANNO,'fun',[{type,ANNO,product}]} in the tree of the compiler.",
        "Write to thermal_zone'zone id'/emul_temp to set the temperature of the zone.",
        "The pattern '*(e:'reply=(${REPLY}{1,2})':)' will match the words.",
        "Then run x=$(cat the'path') and see the result.",
        "The file is in /usr/share/the'quoted'/dir and the'other'/dir of the system.",
        "call foo('a', b'c', the'd') and return it;",
        "the shortflags([m]), the'one' and the'two' of the list",
        "In Maori kā’the’ ends; @code{the'name'} stands there.",
    ],
    ids=lambda text: text[:28],
)
def test_marks_of_code_and_paths(text: str) -> None:
    assert CLEANER.clean(text).text == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "They praised the’Ping’an’ of old and the’Xi’an’ of now.",
            "They praised the ‘Ping’an’ of old and the ‘Xi’an’ of now.",
            id="a name with a syllable mark",
        ),
        pytest.param("the’Ping’an’ group", "the ‘Ping’an’ group", id="once"),
        pytest.param(
            "He read the’Qur’an’ aloud.", "He read the ‘Qur’an’ aloud.", id="an Arabic name"
        ),
        pytest.param(
            "He met the’O’Brien’ of old.", "He met the ‘O’Brien’ of old.", id="an Irish name"
        ),
        pytest.param(
            "Korea’s’Big 4’group and the’Big 5’.",
            "Korea’s ‘Big 4’ group and the ‘Big 5’.",
            id="ends in a number",
        ),
        pytest.param(
            "It is the’Class of 2019’.", "It is the ‘Class of 2019’.", id="ends in a year"
        ),
        pytest.param(
            "called'Area 51', it", "called 'Area 51', it", id="straight, ends in a number"
        ),
        pytest.param(
            "the term'Shia'? It is", "the term 'Shia'? It is", id="a slip in good English"
        ),
    ],
)
def test_damage_beside_such_words_is_repaired(before: str, after: str) -> None:
    assert CLEANER.clean(before).text == after
    assert CLEANER.clean(after).text == after


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


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages(language: str) -> None:
    """Also in a document that is damaged, and beside an English paragraph."""
    sentence = FOREIGN[language]
    damaged = Cleaner(load_rules(), damaged=True)
    english = "The river is long, and the people of the village do not call it that any more."
    for text in (sentence, f"{sentence}\n\n{english}", sentence.replace("’", "'")):
        assert CLEANER.clean(text).text == text
        assert damaged.clean(text).text == text
