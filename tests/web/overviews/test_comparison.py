"""One organisation beside another."""

import re

from tests.web.staff import Stage


def test_the_numbers_of_both_and_of_the_region_stand_in_one_row(published: Stage) -> None:
    page = published.page("anna", "/scores/comparison?first=GM0147&second=GM0141&language=en")
    own = published.page("anna", "/scores/comparison?first=GM0141&second=GM0147&language=en")

    def first_row(words: str) -> list[str]:
        table = words[words.index('id="scores"') :]
        return re.findall(r'<td class="number">([^<]+)</td>', table[table.index("<tbody>") :].split("</tr>")[0])

    borne, almelo = first_row(page), first_row(own)
    assert borne == [*almelo[2:4], *almelo[:2], almelo[4]]


def test_an_organisation_is_not_compared_with_itself(published: Stage) -> None:
    page = published.page("anna", "/scores/comparison?first=GM0141&second=GM0141&language=en")
    assert "Choose two different organisations." in page
    assert "<figure" not in page


def test_what_is_hidden_stays_hidden_beside_another(published: Stage) -> None:
    page = published.page("lead", "/publication/comparison?first=GM0141&second=GM0153&language=en")
    table = page[page.index('id="scores"') :]
    row = table[table.index("<tbody>") :].split("</tr>")[0]
    assert "hidden: fewer than 5 answers" in row
