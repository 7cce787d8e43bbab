"""Two roles beside each other, the widest difference first."""

import re

from tests.web.staff import Stage


def differences(page: str) -> list[float]:
    table = page[page.index('id="differences"') :]
    rows = re.findall(r"<tr.*?</tr>", table[table.index("<tbody>") : table.index("</tbody>")], re.DOTALL)
    cells = [re.findall(r'<td class="number">([^<]+)</td>', row)[0] for row in rows]
    return [float(cell.replace("−", "-").replace("+", "")) for cell in cells]


def test_the_widest_difference_stands_first(published: Stage) -> None:
    found = differences(published.page("anna", "/scores/roles?language=en"))
    assert len(found) > 7
    assert [abs(each) for each in found] == sorted((abs(each) for each in found), reverse=True)


def test_of_one_theme_only_its_own_differences_stand_there(published: Stage) -> None:
    page = published.page("anna", "/scores/roles?theme=g1&language=en")
    assert 0 < len(differences(page)) <= 7
    assert "/scores/statements/g2_" not in page


def test_where_no_role_may_be_shown_the_page_says_so(published: Stage) -> None:
    """Three governors answered in the whole region."""
    page = published.page("lead", "/publication/roles?language=en")
    assert "There are no two roles of which a number may be shown." in page
    assert "<figure" not in page
