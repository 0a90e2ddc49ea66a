"""Quotations that lost the space beside them, among marks that are no quotation marks."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.samples import bundled_rules

CLEANER = Cleaner(bundled_rules(), acts=lambda id_: id_.startswith("quotes/"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the’Top 10’list of the year", "the ‘Top 10’ list of the year"),
        (
            "China’s’Made in China 2025’plan and the’Vision 2030’.",
            "China’s ‘Made in China 2025’ plan and the ‘Vision 2030’.",
        ),
        ("It was called the’Gang of 4’.", "It was called the ‘Gang of 4’."),
        ("the'Group of 7' and the'Group of 20'", "the 'Group of 7' and the 'Group of 20'"),
        (
            "The firm’s’Galaxy S24’phone and the’Galaxy Book 4’laptop were shown.",
            "The firm’s ‘Galaxy S24’ phone and the ‘Galaxy Book 4’ laptop were shown.",
        ),
        (
            "It is the’Minus 5%’ rule and the’Plus 10%’ rule.",
            "It is the ‘Minus 5%’ rule and the ‘Plus 10%’ rule.",
        ),
        (
            "The’Spring of 1980’ is a film, and the’Summer of 1988’ too.",
            "The ‘Spring of 1980’ is a film, and the ‘Summer of 1988’ too.",
        ),
        (
            "We read the’Act (draft)’ and the’Act (final)’ at once.",
            "We read the ‘Act (draft)’ and the ‘Act (final)’ at once.",
        ),
        (
            "He won the’Player of the Year 2023’, the fans’ prize.",
            "He won the ‘Player of the Year 2023’, the fans’ prize.",
        ),
        ("In the’Big 3’era, the’Big 3’ won.", "In the ‘Big 3’ era, the ‘Big 3’ won."),
        (
            "They visited the’Tai’an’ of legends and the’Ji’an’ of today.",
            "They visited the ‘Tai’an’ of legends and the ‘Ji’an’ of today.",
        ),
        (
            "It read the'Ping'an' sign and the'Xi'an' sign.",
            "It read the 'Ping'an' sign and the 'Xi'an' sign.",
        ),
        (
            "the’Chang’e’ probe and the’Tiangong’ station",
            "the ‘Chang’e’ probe and the ‘Tiangong’ station",
        ),
        ("He bought the’Pu’er’tea.", "He bought the ‘Pu’er’ tea."),
        (
            "He recited the’Qur’an’ and the’Shari’a’ in the mosque.",
            "He recited the ‘Qur’an’ and the ‘Shari’a’ in the mosque.",
        ),
        ("the’Hawai’i’ album and the’O’ahu’ single", "the ‘Hawai’i’ album and the ‘O’ahu’ single"),
        ("She wrote the’L’Étranger’of her time.", "She wrote the ‘L’Étranger’ of her time."),
        (
            "He founded the’Ya’an Fund’ and the’Lu’an Fund’.",
            "He founded the ‘Ya’an Fund’ and the ‘Lu’an Fund’.",
        ),
        (
            "It is called the’Battle of Chang’an’in the books.",
            "It is called the ‘Battle of Chang’an’ in the books.",
        ),
        ("“They sold the’Ping’an’ shares,” he said.", "“They sold the ‘Ping’an’ shares,” he said."),
        ("In’Xi’an’s walls’, it reads a city.", "In ‘Xi’an’s walls’, it reads a city."),
        (
            "the’O’Hara’ of the film and the’D’Artagnan’ of the book",
            "the ‘O’Hara’ of the film and the ‘D’Artagnan’ of the book",
        ),
        (
            "The group named it the’Ne’eman Committee’.",
            "The group named it the ‘Ne’eman Committee’.",
        ),
        ("the’Tian’anmen Square’incident", "the ‘Tian’anmen Square’ incident"),
        ("It was in the’Yan’an’era that he wrote.", "It was in the ‘Yan’an’ era that he wrote."),
        (
            "The paper called it a’turning point’for the industry.",
            "The paper called it a ‘turning point’ for the industry.",
        ),
        (
            "Critics spoke of’money games’ and’paper tigers’.",
            "Critics spoke of ‘money games’ and ‘paper tigers’.",
        ),
        (
            "He is known as the’father of the web’in Korea.",
            "He is known as the ‘father of the web’ in Korea.",
        ),
        (
            "## The’golden age’ of film\n\nIt was a’great time’ for all.",
            "## The ‘golden age’ of film\n\nIt was a ‘great time’ for all.",
        ),
        (
            "She said it was’not her fault’, but the board’s.",
            "She said it was ‘not her fault’, but the board’s.",
        ),
        (
            "The so-called'dark horse' of the race won.",
            "The so-called 'dark horse' of the race won.",
        ),
        ("It’s the group’s’third way’, he said.", "It’s the group’s ‘third way’, he said."),
        (
            "The song’Spring Day’and the song’Dynamite’ were played.",
            "The song ‘Spring Day’ and the song ‘Dynamite’ were played.",
        ),
        (
            "“It is the’last chance’ for us,” said the mayor.",
            "“It is the ‘last chance’ for us,” said the mayor.",
        ),
        ("* the’first’ item\n* the’second’ item", "* the ‘first’ item\n* the ‘second’ item"),
        (
            "The drama’Moon River’ by Kim and the film’Parasite’ by Bong were shown.",
            "The drama ‘Moon River’ by Kim and the film ‘Parasite’ by Bong were shown.",
        ),
        (
            "He joined the’Team Korea’and won a’gold medal’.",
            "He joined the ‘Team Korea’ and won a ‘gold medal’.",
        ),
        (
            "The minister’s’words of comfort’were not enough for the’victims’.",
            "The minister’s ‘words of comfort’ were not enough for the ‘victims’.",
        ),
        ("It began as’just a joke’.", "It began as ‘just a joke’."),
        (
            "A so-called’comfort letter’ and a so-called’secret letter’ were found.",
            "A so-called ‘comfort letter’ and a so-called ‘secret letter’ were found.",
        ),
        (
            "“It was a’bad dream’,” she said. “Not a’good’ one.”",
            "“It was a ‘bad dream’,” she said. “Not a ‘good’ one.”",
        ),
        (
            "The title is’I Don’t Know’, and it’s a’hit’.",
            "The title is ‘I Don’t Know’, and it’s a ‘hit’.",
        ),
        (
            "He gave the’Sons’ Song’ and the’Kings’ Song’ at noon.",
            "He gave the ‘Sons’ Song’ and the ‘Kings’ Song’ at noon.",
        ),
        (
            "The event’Hope 2024’and the event’Dream 2025’ were held.",
            "The event ‘Hope 2024’ and the event ‘Dream 2025’ were held.",
        ),
        (
            "The’Big 3’, the’Big 4’ and the’Big 5’met.",
            "The ‘Big 3’, the ‘Big 4’ and the ‘Big 5’ met.",
        ),
        (
            "He passed the’Bill (No. 5)’in May and the’Bill (No. 6)’in June.",
            "He passed the ‘Bill (No. 5)’ in May and the ‘Bill (No. 6)’ in June.",
        ),
        (
            "It fell to the’1% club’ and the’top 0.1%’.",
            "It fell to the ‘1% club’ and the ‘top 0.1%’.",
        ),
        (
            "The’zero COVID’policy and the’common prosperity’policy of China’s’Xi era’",
            "The ‘zero COVID’ policy and the ‘common prosperity’ policy of China’s ‘Xi era’",
        ),
        (
            "Los Angeles’s’Dream Team’ met Las Vegas’s’Gold Team’.",
            "Los Angeles’s ‘Dream Team’ met Las Vegas’s ‘Gold Team’.",
        ),
        ("La La Land’s’City of Stars’ is a song.", "La La Land’s ‘City of Stars’ is a song."),
        ("Kevin de Bruyne’s’silent goal’ won.", "Kevin de Bruyne’s ‘silent goal’ won."),
        ("Coach van Gaal’s’total football’ is back", "Coach van Gaal’s ‘total football’ is back"),
        ("Robin van Persie calls it a’great goal’", "Robin van Persie calls it a ‘great goal’"),
        (
            "BTS’s’Dynamite’, Blackpink’s’How You Like That’ and IU’s’Eight’ were played.",
            "BTS’s ‘Dynamite’, Blackpink’s ‘How You Like That’ and IU’s ‘Eight’ were played.",
        ),
        ("a’must-see’place and a’must-eat’dish", "a ‘must-see’ place and a ‘must-eat’ dish"),
    ],
    ids=lambda text: text[:28],
)
def test_quotations_that_lost_a_space(before: str, after: str) -> None:
    assert CLEANER.clean(before).text == after
    assert CLEANER.clean(after).text == after


def test_a_pair_that_may_end_before_is_left_alone() -> None:
    text = "the film’Squid Game 2’and the film’Ode to My Father’"
    assert CLEANER.clean(text).text == text
