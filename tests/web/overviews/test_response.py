"""Who answered, by organisation and by role, and never both."""

import re

from tests.web.staff import Stage


def rows(page: str) -> dict[str, list[str]]:
    found = {}
    for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found[re.sub(r"<[^>]+>", "", cells[0])] = cells[1:]
    return found


def test_organisations_roles_and_the_region_add_up(published: Stage) -> None:
    found = rows(published.page("anna", "/scores/response?language=en"))
    assert found["Almelo"][:2] == ["8", "7"]
    assert found["Enschede"][:2] == ["4", "3"]
    assert int(found["Governors"][1]) + int(found["Officials"][1]) == int(found["Region"][1]) == 16


def test_outside_the_team_who_answered_in_a_small_organisation_is_hidden(published: Stage) -> None:
    found = rows(published.page("lead", "/publication/response?language=en"))
    assert found["Enschede"][1] == "hidden: fewer than 5 answers"
    assert found["Region"][1] == "16"
