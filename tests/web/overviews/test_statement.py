"""One statement, from its words to its numbers."""

import re

from tests.web.staff import Stage


def test_it_says_to_whom_it_was_not_put(published: Stage) -> None:
    assert "Not put to: Governors" in published.page("anna", "/scores/statements/g1_2?language=en")
    assert "Not put to: Governors" not in published.page("anna", "/scores/statements/g3_4?language=en")


def test_its_neighbours_in_the_theme_are_a_step_away(published: Stage) -> None:
    first, last = (published.page("anna", f"/scores/statements/{key}?language=en") for key in ("g1_1", "g1_6"))
    assert ("Statement before" in first, "Next statement" in first) == (False, True)
    assert ("Statement before" in last, "Next statement" in last) == (True, False)
    assert "/scores/statements/g1_2" in first


def test_the_counts_of_its_answers_add_up_to_the_people_with_a_score(published: Stage) -> None:
    page = published.page("anna", "/scores/statements/g1_1?language=en")
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    everybody = [int(cell) for cell in re.findall(r'<td class="number">(\d+)</td>', table.split("</tr>")[0])]
    n = re.search(r'id="region".*?<td class="number">(\d+)</td>', page, re.DOTALL)
    assert n is not None
    assert sum(everybody[:5]) == int(n[1])


def test_outside_the_team_an_organisation_that_is_too_small_shows_a_mark(published: Stage) -> None:
    page = published.page("lead", "/publication/statements/g1_1?language=en")
    enschede = page[page.index("Enschede</a>") :]
    assert re.findall(r"hidden: [^<]+", enschede)[0] == "hidden: fewer than 5 answers"


def test_it_says_in_words_how_far_people_agree(published: Stage) -> None:
    page = published.page("anna", "/scores/statements/g1_1?language=en")
    table = page[page.index('id="sure"') :].partition("</table>")[0]
    rows = re.findall(r"<tr[^>]*><th scope=\"row\">([^<]+)</th>.*?<td>([^<]+)</td></tr>", table)
    assert dict(rows)["Everybody"] in {"of one mind", "mixed", "divided", "in two camps"}
    assert dict(rows)["Governors"] == "–", "three are too few"
