"""Organisations by theme or statement, in an order that is no league table."""

import re

from tests.web.staff import Stage


def organisations(page: str) -> list[str]:
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    return re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', table)


def test_rows_stand_as_in_the_study_by_name_or_alike_together_and_the_region_last(published: Stage) -> None:
    as_it_is = organisations(published.page("anna", "/scores?language=en"))
    assert as_it_is == ["Almelo", "Borne", "Enschede", "Region"]
    assert organisations(published.page("anna", "/scores?order=name&language=en")) == as_it_is
    alike = organisations(published.page("anna", "/scores?order=cluster&language=en"))
    assert sorted(alike[:-1]) == as_it_is[:-1]
    assert alike[-1] == "Region"


def test_a_theme_is_shown_by_its_statements_with_their_numbers_and_words(published: Stage) -> None:
    page = published.page("anna", "/scores?theme=g2&language=en")
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)<', page[page.index("<thead>") : page.index("</thead>")])
    assert heads[-2:] == ["2.6", "n"]
    assert page.count('href="/evaluations/samen/scores/statements/g2_') == 6


def test_a_role_is_not_asked_what_was_not_put_to_it(published: Stage) -> None:
    everybody = published.page("anna", "/scores?theme=g1&language=en")
    governors = published.page("anna", "/scores?theme=g1&role=governor&language=en")
    assert "1.2</dt>" in everybody
    assert "1.2</dt>" not in governors


def test_a_filter_keeps_the_others(published: Stage) -> None:
    page = published.page("anna", "/scores?theme=g1&role=governor&order=name")
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/evaluations/samen/scores\?[^"]+)"', page)]
    assert any({"theme=g1", "role=official", "order=name"} <= set(link.partition("?")[2].split("&")) for link in links)


def test_outside_the_team_roles_inside_organisations_and_the_balanced_view_are_no_choice(published: Stage) -> None:
    page = published.page("lead", "/publication?role=governor&view=balanced&language=en")
    assert "Whose answers" not in page
    assert "Every role weighing the same" not in page
