"""Whether the numbers of a theme can be relied on, for the research team."""

import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.queries import scored_answers
from surveyapp.web import analysed
from tests import cast
from tests.web import staff
from tests.web.staff import ANSWERS, Stage, set_up


def _forty(session: Session, study: cast.Study) -> None:
    """Forty officials in two organisations, who lean to one side."""
    for number in range(40):
        mark, turned = str(1 + number % 5), str(5 - (number + number // 20) % 5)
        place = 0 if number % 5 < 2 or number < 10 else 1
        study.respond(session, "official", member=place, t1_1=mark, t1_2=turned, t1_3=mark, t2_1=mark)


@pytest.fixture
def forty(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    analysed.analysed.cache_clear()
    monkeypatch.setattr(staff, "edition", cast.edition)
    monkeypatch.setitem(ANSWERS, "forty", _forty)
    set_up(stage, answers="forty")
    return stage


def cells(page: str, table: str, theme: str) -> list[str]:
    """The cells of one theme in the table under this heading."""
    rows = page[page.index(f'id="{table}"') :].partition("</table>")[0]
    found = re.search(rf"/themes/{theme}[^>]*>[^<]+</a></th>(.*?)</tr>", rows, re.DOTALL)
    assert found is not None
    return re.findall(r"<td[^>]*>([^<]*)</td>", found[1])


def test_each_theme_has_alpha_with_its_interval_and_how_far_organisations_differ(
    forty: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = forty.page("anna", "/scores/reliability?language=en")
    items, n, alpha, interval, omega = cells(page, "together", "t1")
    assert (items, n, omega) == ("3", "40", "–")
    low, high = (float(limit) for limit in interval.split(" to "))
    assert 0.5 < low < float(alpha) < high <= 1
    assert cells(page, "together", "t2") == ["1", "40", "–", "–", "–"]
    organisations, n, first, second = cells(page, "differ", "t1")
    assert (organisations, n) == ("2", "40")
    assert 0 < float(first) < float(second) < 1
    # as nothing changed, answers are not read again
    monkeypatch.setattr(scored_answers, "of", lambda *_about: pytest.fail("read again"))
    assert cells(forty.page("anna", "/scores/reliability?language=en"), "together", "t1")[2] == alpha


def test_of_very_many_people_the_page_says_what_it_does_not_work_out(
    forty: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scored_answers, "MOST", 1)
    page = forty.page("anna", "/scores/reliability?language=en")
    assert "does not work out alpha" in page
    assert 'aria-labelledby="together"' not in page
    assert cells(page, "differ", "t1")[0] == "2"
