"""Every municipality of Twente has a place of its own on the map, and a faulty map is told line by line."""

from pathlib import Path

import pytest

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.municipalities import municipalities, youth_regions
from surveyapp.reports.figures.tile_layout import places, read

TWENTE = next(region for region in youth_regions() if region.name == "Twente").municipalities


def own_map(folder: Path, *lines: str, header: str = "code,name,column,row") -> Path:
    maps = folder / "reports" / "tile-maps"
    maps.mkdir(parents=True)
    file = maps / "own.csv"
    file.write_text("\n".join([header, *lines]), encoding="utf-8")
    return file


def test_the_fourteen_of_twente_all_have_a_place() -> None:
    found = places([one.code for one in TWENTE])
    assert len(found) == len(set(found.values())) == 14


def test_who_lies_in_the_west_lies_left_and_who_lies_in_the_north_lies_above() -> None:
    by_name = {one.name: places([one.code for one in TWENTE])[one.code] for one in TWENTE}
    assert by_name["Hellendoorn"][0] < by_name["Almelo"][0] < by_name["Losser"][0]
    assert by_name["Tubbergen"][1] < by_name["Borne"][1] < by_name["Haaksbergen"][1]


def test_a_body_beside_the_municipalities_has_no_place() -> None:
    found = places([*(one.code for one in TWENTE), "ozjt"])
    assert "ozjt" not in found
    assert len(found) == 14


def test_a_map_that_knows_fewer_than_half_is_the_map_of_another_region() -> None:
    assert places([one.code for one in municipalities()]) == {}
    assert places(["north", "south"]) == {}
    assert places([]) == {}


def test_the_owners_own_map_goes_before_ours(tmp_path: Path) -> None:
    own_map(tmp_path, "north,North,1,1", "south,South,1,2")
    assert places(["north", "south"], tmp_path) == {"north": (0, 0), "south": (0, 1)}


def test_a_faulty_map_is_told_line_by_line(tmp_path: Path) -> None:
    file = own_map(tmp_path, "a,A,1,1", "b,B,1,1", "a,A,2,1", "c,C,0,1", "d,D,x,1", "e,E,1", ",F,9,9", "g,G,1,100")
    with pytest.raises(InvalidContent) as raised:
        read(file)
    assert raised.value.code == "tile-map"
    assert raised.value.details == {
        "file": "own.csv",
        "problems": "line 3: column 1, row 1 is taken already; line 4: a has a place already; "
        "line 5: column '0' is not a number from 1 to 99; line 6: column 'x' is not a number from 1 to 99; "
        "line 7: has 3 fields instead of 4; line 8: has no code; line 9: row '100' is not a number from 1 to 99",
    }


def test_a_file_that_is_no_map_is_refused(tmp_path: Path) -> None:
    file = own_map(tmp_path, "a,1,1", header="code,column,row")
    with pytest.raises(InvalidContent, match="line 1 must be code,name,column,row"):
        read(file)
    other = file.with_name("latin.csv")
    other.write_bytes("code,name,column,row\na,Súdwest,1,1".encode("latin-1"))
    with pytest.raises(InvalidContent, match="UTF-8"):
        read(other)
