"""One theme on a map of tiles."""

import re

from tests.web.staff import Stage


def test_every_organisation_has_a_tile_with_the_score_of_the_heatmap(published: Stage) -> None:
    map_page = published.page("anna", "/scores/map?theme=g2&language=en")
    heatmap = published.page("anna", "/scores?language=en")
    for name in ("Almelo", "Borne", "Enschede"):
        tile = re.search(rf">{name}</a></th><td class=\"number\">([^<]+)<", map_page)
        row = re.search(rf">{name}</a></th>(.*?)</tr>", heatmap, re.DOTALL)
        assert tile is not None
        assert row is not None
        assert tile[1] == re.findall(r'<td class="number">([^<]+)</td>', row[1])[1]


def test_what_is_hidden_has_a_tile_without_a_number(published: Stage) -> None:
    page = published.page("lead", "/publication/map?language=en")
    assert re.search(r">Enschede</a></th><td class=\"number\">hidden", page)
