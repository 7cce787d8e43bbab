"""The owner's own maps: read at the start, refused with what is wrong, used where they know the region."""

import json
from pathlib import Path

import pytest
from flask import Flask

from surveyapp.config import MissingSetting
from surveyapp.web.region_map import FILE, add_region_map, sheet, tiles

ALMELO, BORNE, ELSEWHERE = "GM0141", "GM0147", "GM9999"


def square(left: int, code: str) -> dict[str, object]:
    corners = [[left, 0], [left + 1, 0], [left + 1, 1], [left, 1], [left, 0]]
    geometry = {"type": "Polygon", "coordinates": [corners]}
    return {"type": "Feature", "properties": {"statcode": code}, "geometry": geometry}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of content with a map of Almelo and Borne."""
    file = tmp_path / FILE
    file.parent.mkdir()
    features = [square(0, ALMELO), square(1, BORNE)]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return tmp_path


def test_areas_of_the_region_lie_on_a_sheet(own: Path) -> None:
    app = Flask(__name__)
    add_region_map(app, own)
    with app.app_context():
        found = sheet([ALMELO, BORNE])
        assert found is not None
        assert found.rings.keys() == {ALMELO, BORNE}
        assert sheet([BORNE, ALMELO]) is found, "worked out once"


def test_a_map_of_elsewhere_is_not_used(own: Path) -> None:
    app = Flask(__name__)
    add_region_map(app, own)
    with app.app_context():
        assert sheet([ALMELO, ELSEWHERE, "GM9998"]) is None


def test_without_a_file_there_are_tiles_only(tmp_path: Path) -> None:
    app = Flask(__name__)
    add_region_map(app, tmp_path)
    with app.app_context():
        assert sheet([ALMELO]) is None
        assert tiles([ALMELO, BORNE]).keys() == {ALMELO, BORNE}


def test_the_owner_s_tiles_go_before_ours(own: Path) -> None:
    folder = own / "reports" / "tile-maps"
    folder.mkdir()
    (folder / "mine.csv").write_text("code,name,column,row\nGM0141,Almelo,7,3\nGM0147,Borne,8,3\n", encoding="utf-8")
    app = Flask(__name__)
    add_region_map(app, own)
    with app.app_context():
        assert tiles([ALMELO, BORNE]) == {ALMELO: (6, 2), BORNE: (7, 2)}


def test_the_server_does_not_start_with_a_map_that_cannot_be_used(own: Path) -> None:
    (own / FILE).write_text('{"type": "FeatureCollection", "features": [{}, {"properties": {}}]}', encoding="utf-8")
    with pytest.raises(MissingSetting) as refused:
        add_region_map(Flask(__name__), own)
    assert str(refused.value).count("\n") == 2, "a line for every fault"


def test_nor_with_tiles_in_one_place(own: Path) -> None:
    folder = own / "reports" / "tile-maps"
    folder.mkdir()
    (folder / "mine.csv").write_text("code,name,column,row\nGM0141,Almelo,7,3\nGM0147,Borne,7,3\n", encoding="utf-8")
    with pytest.raises(MissingSetting, match="is taken already"):
        add_region_map(Flask(__name__), own)
