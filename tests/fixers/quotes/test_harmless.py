"""Marks that are no quotation marks, kind by kind: not one of them may change anything."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.samples import bundled, bundled_index

CLEANER = Cleaner(bundled_index(), acts=lambda id_: id_.startswith("quotes/"))

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


SYLLABLES = [
    "The locals say ‘Lu’an’ and the maps say ‘Luan’.",
    "The team of 'Tai'an' lost, and 'Ji'an' won.",
    "“Is ‘Ya’an’ far?” she asked. “As far as ‘Pu’er’,” he said.",
    "# ‘Yan’an’ in the news",
    "* ‘Huai’an’\n* ‘Rui’an’\n* ‘Gao’an’",
    "The film ‘Xi’an Blues’ and the book ‘Chang’an at Night’ came out together.",
    "She writes it ‘Xi’an.’",
    "Trains to ‘Xi’an’, ‘Lin’an’ and ‘Tong’an’ leave at noon.",
    "‘Xi’an’",
    "**‘Xi’an’** is the old capital; *‘Ping’an’* is a firm.",
    "The ‘Tian’anmen papers’ and the students’ letters are in the archive.",
    "He asked for ‘Pu’er tea’ and got ‘Xi’an noodles’ instead.",
    "The moon goddess ‘Chang’e’ gave her name to ‘Chang’e-5’.",
    "They flew to Xi’an’s airport and to ‘Xi’an’s old airport’.",
    "(‘Xi’an’)",
    "The poet ‘Li Bai of Chang’an’ drank there.",
    "She called the town ‘Dong’e’ and her husband ‘Dong-e’.",
    "the Xi’an–Bao’an line and the ‘Yan’an spirit’",
    "Ping’an Bank’s and Ping’an Insurance’s offices in ‘Chang’an Avenue’",
    "He spelt it 'Xi'an', she spelt it 'Sian'.",
    "| City | Note |\n|---|---|\n| ‘Xi’an’ | old |\n| ‘Ji’an’ | new |",
    "Jun’ichi and ‘Ken’ichi’ met Shin’ya at the ‘Hon’ami’ house of the old town.",
    "the ‘Gyeong’in line’ and the ‘Han’guk’ of the old spelling, with ‘Chung’ang’ beside it",
    "‘Kan’ei’ and ‘Gen’ei’ are the names of eras in the books.",
    "the ‘An’yō-ji’ temple and the ‘Man’yōshū’ are both old",
    "“In the ‘Xi’an Incident’ of 1936, Chiang’s men ‘turned’,” she said.",
    "‘“Xi’an” is the name,’ he said.",
    "THE ‘XI’AN’ QUESTION AND THE ‘CHANG’AN’ ANSWER",
    "The ‘Ma’anshan’/‘Lu’an’ border, the ‘Xi’an’-based firm and the ‘Ping’an’-led fund",
    "Fang Hui’an met ‘Li Jing’an’ and Xu Zhi’ang at ‘Mu’er’ hall.",
    "‘Xi’an, Tai’an and Ji’an’ is a ballad; ‘Song of Huai’an’ another.",
    ("the ‘Hai’er’ group, the Hai’er’s rivals and ‘Wo’er’ and ‘Wu’erkaixi’ of the students’ days"),
    (
        "Wu’er Kaixi’s friends, the ‘E’erduosi’ cashmere and the ‘Ha’erbin’ beer of the "
        "traders’ union"
    ),
    "the ‘Qi’ao’ island and the ‘Dong’ou’ kingdom, the ‘Li’ao’ of the scribes’ books",
    "It is 'Da'an', not 'Daan'; it is 'Bei'an', not 'Beian'; it is 'Hong'an'.",
    "The song 'Chang'an, Chang'an' was a hit in the '80s.",
    "Seoul’s ‘Jong’o’ street and the ‘Yeong’eunmun’ gate of the kings’ road",
    "the ‘Kyŏng’ŭi’ line, the ‘P’yŏngyang’ of old books, ‘T’aebaek’ and ‘Ch’ungmuro’",
    "P’yŏngyang, Ch’ŏngju, K’ŭnsŏng and ‘T’aejo’ are how McCune’s followers wrote.",
    "the ‘T’ang’ poets, the ‘Ch’ing’ court, ‘K’ang-hsi’ and ‘Ch’ien-lung’ in Giles’ books",
    "Ch’en Tu-hsiu and T’ao Ch’ien, ‘P’u Yi’ and the ‘Ts’ao Ts’ao’ of the players’ tale",
    "the 'T'ai-p'ing' rebels and 'Lao-tzu's Tao-te-ching' of the 'Ch'in'",
]
LETTERS = [
    "The scholars ‘Abd al-Rahman and ‘Isa ibn ‘Umar wrote to ‘A’isha.",
    "In the ‘Abbasid court the qadi’s men read the Qur‘an.",
    "The Shi‘i and the Isma‘ili readers met the ‘ulama of Najaf.",
    "The word ‘shari‘a’ means a way to water.",
    "The word ‘mu’min’ means believer, and ‘mu’minun’ is the plural.",
    "Rashid Rida’ and the qurra’ of Basra read to the Tabi‘un.",
    "the Banu Qurayza‘ and the ‘Ad of old, as al-Tabari’s book tells",
    "The kibbutz of Ma‘agan and ‘Ein Gedi is in the Ha‘ir list.",
    "The wuḍū’ and the du‘ā’ come before the prayer, and the imam’s word after.",
    "al-Ash‘ari and the Mu‘tazila fought over the ‘aql of man",
    "‘Ali said: ‘the ‘ulama’ are the heirs of the prophets’.",
    "Ra’s al-‘Ayn and Ra’s al-Khaimah are two towns with one word.",
    "'Umar and the Shi'a of Kufa made peace with 'Ali.",
    "The 'ulama' of Cairo and the fuqaha' of Fez wrote to the Sultan's men.",
    "“The ‘id of the year,” he said, “and the jum‘a of the week.”",
    "The Ba‘th party and the Ka‘b tribe, the Rab‘a and the Muta‘",
    "Ya‘qub met Sa‘d at the bay‘a of the mosque.",
    "In Ge‘ez the word is ta‘amer, and in Amharic ta’amir.",
    "The Nuṣayrī–‘Alawīs and the Ibāḍīs’ creed",
    "the Uzbek o‘zbek and g‘azal, in the O‘zbekiston of the press",
    "To‘xtamish, Farg‘ona and Qo‘qon are how the Uzbeks’ maps have them.",
    "The Hawai‘i news wrote of Kīlauea and the Ka‘ū desert’s winds.",
    "‘Iolani Palace and the ‘Ewa plain are on O‘ahu.",
    "the hula of ‘Aiea and the Ni‘ihau shells of the ladies’ necklaces",
    "Vava‘u, Nuku‘alofa and Ha‘apai are parts of Tonga.",
    "the pā‘ina, the lū‘au and the kapa‘ahu of the chiefs’ wives",
    "He asked, “Is it ‘Oahu’ or ‘O‘ahu’?”",
    "Sāmoa’s fa‘a Sāmoa and the Fa‘afafine of the islands",
    "The fa'asamoa of the village and the va'a of the chiefs' sons",
    "# ‘Ōlelo Hawai‘i for the beginners’ class",
    "Queen Lili‘uokalani wrote ‘Aloha ‘Oe’ in 1878.",
    "Queen Lili’uokalani wrote ‘Aloha ’Oe’ in 1878.",
    "the Dā‘ī and the ‘Fātimid ‘mission’ in Qā‘a of the caliphs’ town",
    "Nizār’s da‘wa, Ḥasan-i Ṣabbāḥ’s ‘new preaching’ (da‘wat-i jadīd)",
    "‘Ā’isha bint Abī Bakr and Abu’l-Qasim, Dhu’l-Nun and ‘Abdu’l-Bahá wrote",
    "The Kitáb-i-‘Ahd and Bahá’u’lláh’s tablets to the kings’ courts",
    "Bahá'u'lláh and 'Abdu'l-Bahá, the Bahá'ís' founders and the 'Guardian'",
    "Rabi‘a al-‘Adawiyya: ‘I love Thee with two loves’ is her poem’s first line.",
    "the word ‘‘ilm’ means knowledge; the word ‘‘aql’ means mind",
    "Salāt al-‘asr, ‘ishā’ and the ‘fajr’ prayers of the believers’ day",
    "the Nabi Shu’ayb shrine, the Beni Isra’il and the ‘Kol Nidre’ of the cantors’ choir",
    "He wrote ‘Sana’a’s old town’ and ‘the Sana’ani dialect’ for the readers’ club.",
    "Jum'a, 'Id and 'Ashura' are the feasts; 'Arafat' is the day before.",
    "“Insha’Allah,” he said. “Ma sha’a’llah,” said the others’ voice.",
]
NAMES_OF_OTHER_PEOPLES = [
    "Kim met ‘Lee’ and Park met ‘Choi’ at ‘Go’.",
    "The Hawai‘ian ‘okina (‘) is a letter; the ‘kahakō’ is a line.",
    "He typed ‘` and ’´ by mistake of the typists’ pool.",
    "The ‘Yi’an’ he knew’s gone, and the ‘Ru’ei’ lake’s gone.",
    (
        "The Mi’kmaq, the Ka’apor and the ‘Nisga’a’ peoples’ treaty; Ts’msyen and "
        "St’át’imc lands; the ‘Kwakwaka’wakw’"
    ),
    "Navajo ‘yá’át’ééh’ and ‘hózhó’ are the elders’ words; Diné Bizaad’s ‘t’áá’",
    (
        "Klingon ‘Qapla’’ and ‘tlhIngan Hol’, ‘Worf, son of Mogh’ and ‘bat’leth’ fights "
        "at the fans’ fair"
    ),
    "The K’iche’, the Q’eqchi’ and the Ch’ol; the ‘K’iche’ Maya’ of the highlanders’ towns",
    "Quechua ‘p’unchaw’ and ‘ch’aska’, Aymara ‘jach’a’ of the farmers’ fields",
    "the Georgian ‘k’art’uli’ and Armenian ‘Hayk’ and ‘P’ap’azyan’ of the scholars’ spelling",
    (
        "Russian ‘den’gi’, ‘Gor’kii’ and ‘Rus’’ in the librarians’ tables; Il’ia, Mar’ia "
        "and Vasil’ev’s ‘Zhizn’ Il’i’"
    ),
    (
        "Ukrainian ‘Luk’ianivka’ and Kam’ianets’; the ‘L’viv’ of Poles’ books; "
        "Khmel’nyts’kyi’s Cossacks"
    ),
    "Tolstoi’s ‘Voina i mir’ and Gogol’s ‘Mertvye dushi’; Gogol’’s ‘Shinel’’ and the clerks’ tale",
    "Estonian p’ and Võro’s q’; the ‘Hõ’’ of the singers’ song",
    (
        "Tibetan ‘bKa’ ’gyur’ and ‘bsTan ’gyur’; the Pa’o and the ‘Mi la ras pa’i rnam "
        "thar’ of the monks’ shelves"
    ),
    "Hebrew: ‘Rosh ha-Shanah’, ‘Tish’ah be-Av’, ‘Sh’ma’, ‘B’nai B’rith’ and the rabbis’ ‘t’shuvah’",
    "B’nai B’rith’s lodge, the ‘Bar’chu’ and ‘V’ahavta’ of Jews’ prayer; ‘K’lal Yisra’el’",
    "In ’24’s race and in ‘24’s race; the class of ’08’s’ party",
    "“‘No,’ she said, ‘I won’t,’ and ‘’twas all,’” he said.",
    "‘I said, “It’s the boys’,” and left’ was his line.",
    "See pp. 5’–6’; also the ‘5’ and ‘6’ of the bakers’ dozen",
    (
        "Ja’mie, De’Andre, D’Angelo, La’Keisha, Ta’Quan and Da’Vinchi, the ‘Ne’Vaeh’ of "
        "the nurses’ list"
    ),
    "De’Aaron Fox, Ja’Marr Chase and Tre’Von Moehrig; the ‘Ka’imi Fairbairn’ of the kickers’ union",
    "Amar’e’s, Shaq’s and Dre’Mont’s ‘D’Brickashaw’ of the Jets’ line",
    "the Tu’i Tonga and the Fu’a; ‘Tu’ilagi’ and the Va’a nui, Fa’asavalu of the Saints’ team",
    "X’d, Y’all’d’ve, ‘y’all’d’ve’ and ‘I’d’n’t’ve’ are the Southerners’ own.",
    "R’lyeh, Cthulhu and ‘Y’golonac’; Ry’leh’s ‘Ph’nglui mglw’nafh’ of the cultists’ chant",
    "the T’au, the Eldar’s ‘Kais’, Drizzt Do’Urden and ‘Ra’s al Ghul’; the dwarves’ Ka’tar",
    "G’Kar and Londo, Teal’c and the Goa’uld’s ‘Jaffa’, Sha’re and the Tok’ra’s friends",
]
ELISIONS = [
    ("They met in the Piazza dell’Indipendenza and then all’Opera, as the singers’ guide has it."),
    "The novel ‘L’Étranger’ and the film ‘L’Avventura’ are old.",
    "the ‘Cà d’Oro’ and the ‘Palazzo dell’Arte’ of the city",
    "He read ‘L’Équipe’ and ‘L’Express’, she ‘L’Unità’.",
    "The opera ‘L’elisir d’amore’ and ‘L’italiana in Algeri’ by the same house",
    "an article in ‘L’Osservatore Romano’ about the popes’ art",
    "the Côte d’Azur, the Val-d’Isère and the ‘Côte d’Or’ of the growers’ list",
    "Joan of Arc, ‘Jeanne d’Arc’ in French, and the ‘Pucelle d’Orléans’",
    "the Museu d’Art and the ‘Institut d’Estudis Catalans’ in the readers’ guide",
    "the l’Hospitalet road and the ‘L’Eixample’ of the painters",
    "“Qu’est-ce que c’est?” asked the boys’ teacher. “C’est la vie.”",
    "The motto ‘l’État, c’est moi’ is not by him.",
    "Seán Ó hÉigeartaigh sang ‘Fáinne Geal an Lae’ and ‘D’imigh sin’ at the fleadh.",
    "She is an d’Arcy of the ‘d’Artagnan’ sort.",
    "The copo d’água and the mãe-d’água of the fishermen’s tale",
    "the ‘Castelo d’Alva’ and the ‘Pau d’Alho’ of the Brazilians’ map",
    "’Twas the night, and o’er the hill th’ eternal ‘watch o’ the world’ went on.",
    "Whate’er the gods’ will, howe’er they gi’e it, ’tis ta’en.",
    "“I’ve bin an’ gone an’ done it,” says ’e, “an’ the ’ole ’ouse knows.”",
    "“I dunno’s I’d’ve gone if they’d’a’ asked me, y’all,” he said of the neighbours’ fair.",
    "He wrote ‘rock ’n’ roll’ and ‘drum ’n’ bass’ on the boys’ board.",
    "Will o’ the wisp, Jack-o’-lantern and ‘cat-o’-nine-tails’ are the sailors’ words.",
    (
        "“Nae man can tether time or tide; the hour approaches, Tam maun ride, an’ a’ "
        "that’s gane’s gane.”"
    ),
    "Ha’penny, tup’ny and thrup’ny were the shops’ coins; ‘ha’p’orth’ too.",
    "‘Good e’en to you, nuncle,’ quoth he, ‘i’ the name o’ the king.’",
    "‘We’ll away to th’ church,’ said Bob, ‘an’ see th’parson.’",
    "He’d’ve known ’em by their ‘thee’s’ and ‘thou’s’.",
    "Dot your ‘i’s and cross your ‘t’s.",
    "Mind your p’s and q’s, in the ’80s and the ’90s’ last year.",
    "the ‘Hallowe’en’ party and the ‘Fo’c’sle’ bar",
    "The French say ‘aujourd’hui’ and the Italians ‘quest’oggi’.",
    "Sant’Agata, Sant’Angelo and ‘Sant’Ambrogio’ are near.",
    "The ‘Ndrangheta and the Cosa Nostra’s men met in the ’Ndrangheta’s house.",
    "O’Neill’s ‘The Iceman Cometh’ and O’Casey’s ‘Juno’ played in the O’Connells’ hall.",
    "Ma’am, the ‘sou’wester’ is in the bo’sun’s locker.",
    "‘Fair is foul,’ quoth the ‘weird’ one, ‘and ’tis th’ hour.’",
    "“Y’know the ‘g’day’ man?” “S’pose I do.”",
    "the ‘d’you’ of the ‘d’you know’ sort",
    "'D'you see?' he said. 'It's th'owd man's dog.'",
    "the ’t Hooft and ‘van ’t Hoff’ equations of the chemists’ books",
    "‘s-Hertogenbosch and ’s-Gravenhage are the Dutchmen’s towns.",
    "Lines: ‘Th’expense of spirit in a waste of shame’ and ‘Th’ uncertain glory’.",
    "“Th’expense of spirit,” he read, and ‘th’unletter’d clerk’ of the poets’ verse.",
    "‘Oh, that’s th’trouble wi’ thee,’ t’owd man said. ‘Tha’s nowt but t’dog’s dinner.’",
    "‘’Appen it’s t’mill,’ said t’lad, ‘an’ ’appen it’s t’pit.’",
    "“D’ye ken John Peel?” he sang; “d’ye ken the ‘view halloo’?”",
    "‘S’il vous plaît,’ she said, ‘l’addition.’",
    "“‘S’il vous plaît,’” she said.",
    "the ‘hors d’œuvre’ and the ‘coup d’état’, the ‘trompe-l’œil’ of the painters’ hall",
    "The ‘coup d’État’ and the ‘chef d’équipe’; ‘maître d’hôtel’ and ‘aide-de-camp’.",
    (
        "the tour d’horizon, raison d’être, pièces d’occasion and ‘cri de l’âme’ of the "
        "critics’ talk"
    ),
    "an ‘all’arrabbiata’ and an ‘all’amatriciana’, ‘alla Norma’ at the cooks’ table",
    "Emilia’s ‘Giro d’Italia’ and Paolo’s ‘Coppa d’Africa’",
    "Giovanni de’ Medici and Lorenzo de’ Medici, the ‘de’ Medici’ of the bankers’ guild",
    "Ca’ Foscari and Ca’ d’Oro, and the ‘Ca’ Rezzonico’ of the doges’ days",
    "Po’ di tutto, ‘un po’ di pane’ and ‘mo’’ are the Romans’ words.",
    "Fo’ sho’, the ‘po’ boy’ is the best o’ the shops’ bread.",
    "the Po’boy, the ‘li’l’ one, the ‘ol’’ one and the ‘lil’’ one",
    "Tim Mac’Ilroy of the M’Carthys and the ‘M’Gregor’ of the Scots’ song",
    "M'Sieur Pierre and 'M'sieur le Comte', 'M'lord' and 'm'lady' of the players' farce",
    "‘M’lud,’ said he, ‘’tis so.’ ‘Wha’ is’t?’ ‘Nowt.’",
    "“Is’t so?” “’Tisn’t.” “Who’s ’t that knows’t?” said the ‘kings’ of old.",
    "the ‘bo’s’n’ and ‘fo’c’s’le’; the ‘ha’penn’orth’ o’ tar",
    "‘N’importe quoi’ and ‘n’est-ce pas’ are the Parisians’ words.",
    "‘Ain’t’ ain’t a word’s word, said ‘Mr O’Toole’s’ aunt.",
    "the ‘X’s and O’s’ of the coach, the ‘do’s and don’ts’ of the players’ room",
    "‘A’s’, ‘B’s’ and ‘C’s’ were the pupils’ marks.",
    "He got A’s and B’s; the ’90’s were good; CD’s and DVD’s too.",
    "She OK’d it, he KO’d him, they TP’d the ‘Smiths’’ house.",
    "He ‘X’d’ it out and ‘OK’d’ the boss’s ‘boss’s’ plan.",
    "the James’s’ house, the Joneses’ ‘Jones’s’ cat, Moses’ ‘Moses’s’ laws",
    "‘Twas brillig’ and ‘’Twas brillig’ are both in the readers’ notes.",
    "‘Gainst wind and ‘neath sky, ‘tis the typist’s ‘smart’ marks.",
    "‘Em all! he cried; ‘bout time, ‘cause we’re the boys’ men.",
    "The rock ‘n’ roll days, the rock ‘n roll nights, the Guns N’ Roses’ ‘Paradise City’",
    "Lands’ End’s catalogue, Harrods’ sale, McDonald’s’ plan and ‘Levi’s’ jeans",
    "“’E said ’is ’ouse ’ad ’undreds,” she wrote; “‘’e did,’ says I.”",
    "Thro’ ev’ry vale o’er ev’ry hill, the flow’rs’ scent i’ th’ air, ‘heav’n’s vault’",
    "Wi’ a’ his e’en on her, ‘an’ her e’en on him,’ the bairns’ da’ sat.",
    (
        "d'Alembert's, L'Hôpital's and d'Espagnat's books; the 'd'Alembert' paradox of "
        "the engineers' class"
    ),
    "the Hallelujah’d throng, the moustache’d man, the ‘café’d’ street",
]
NUMBERS_AND_PRIMES = [
    "The ‘Big 5’ and the ‘Class of 2019’ met in the ‘Hall of 1000’.",
    "In the ’60s’ last summer, the ‘Summer of ’69’ was sung.",
    "the Boeing 747’s wing and the ‘Boeing 747’ museum",
    "He is 6’ 2’’ tall and she 5’4; the ‘6’4 man’ is gone.",
    "the ‘Area 51’ of the ’50s, the airmen’s secret",
    "a 5’10’’ man of the ‘Route 66’ days",
    "the ‘Fab 4’s songs’ and the ‘Top 40’s list’",
    "G7’s and G20’s leaders met the ‘P5’ (the ‘permanent 5’).",
    "print the'value' of x; see f('a')['b'] and g['the']['key'] here.",
    "The IPA is /ˈwɔːtə/, X-SAMPLE /'wO:t@/ and \"the'sound'\" of it.",
    "f'(x) and f''(x) are the derivatives; y' = the'k' of it",
    "In 3'UTR and 5'UTR of the gene's 5'-end and 3'-end, the 'tail' is long.",
    "The 5’UTR and the 3’UTR of the gene’s 5’-end; the 5’and 3’ends of the strands’ tips",
    "The 5'and 3'ends of the strands were joined, and the 5'end of the 'probe' was cut.",
    "A 6'x4' board and a 2'6\" one; the 8'by 10' room of the 'old house'.",
    "at 40°26’46’’N and 79°58’W, the ‘point’ of the sailors’ map",
    "at 40°26'46\"N and 79°58'W, the 'point' of the sailors' map",
    "from 5’to 6’ the men’s height; from 10’to 12’ the trees’",
    "the angles A', B' and C'; the point P' on the'line of the book",
    "R&D's, AT&T's and H&M's 'R&D' costs; the 'Q&A's' end",
]


@pytest.mark.parametrize(
    "text",
    SYLLABLES + LETTERS + NAMES_OF_OTHER_PEOPLES + ELISIONS + NUMBERS_AND_PRIMES,
    ids=lambda text: text[:28],
)
def test_sentences_with_many_marks(text: str) -> None:
    """Curly, straight and quoted, also in a document that is damaged."""
    damaged = bundled(damaged=True)
    straight = text.replace("’", "'").replace("‘", "'")
    for variant in (text, straight, f"“{text}”"):
        assert CLEANER.clean(variant).text == variant
        assert CLEANER.clean(f"{variant}\n\nHe left.").text == f"{variant}\n\nHe left."
        if "``" not in variant:
            assert damaged.clean(variant).text == variant


def test_a_mark_behind_an_opening_one_does_not_open() -> None:
    """The space behind a quotation is lost, and a straight mark stands later in the paragraph."""
    text = "She talked to the goat, who at ‘last turned’sulky, and would only know better'; so"
    assert CLEANER.clean(text).text == text
