"""A file with boundaries is read whole or refused with everything that is wrong, object by object."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.reports.figures import boundaries
from surveyapp.reports.figures.boundaries import Fault, InvalidBoundaries, parse
from surveyapp.reports.figures.boundary_faults import sentence
from tests.reports.figures.boundary_files import CODES, collection, feature, region, square

RING = [[6.5, 52.2], [6.6, 52.2], [6.6, 52.3], [6.5, 52.2]]


def faults(content: bytes) -> tuple[Fault, ...]:
    with pytest.raises(InvalidBoundaries) as raised:
        parse(content)
    return raised.value.faults


def with_properties(**properties: object) -> dict[str, Any]:
    return {**feature(), "properties": properties}


def test_every_municipality_of_the_file_is_read() -> None:
    found = parse(region())
    assert tuple(found.rings) == CODES
    assert found.degrees
    assert len(found.rings["GM0141"][0]) == len(square(0, 0)) - 1


@pytest.mark.parametrize(
    "properties",
    [
        {"statcode": "GM0141"},
        {"code": "0141", "identificatie": "GM0141", "naam": "Almelo"},
        {"GM_CODE": "GM0141"},
        {"code": "0141"},
        {"gemeentecode": "0141"},
        {"statcode": "NL01", "code": "0141"},
    ],
    ids="-".join,
)
def test_the_code_is_found_in_the_properties_that_agencies_use(properties: dict[str, str]) -> None:
    assert tuple(parse(collection(with_properties(**properties))).rings) == ("GM0141",)


def test_islands_and_holes_are_rings_of_one_area_and_heights_are_left_out() -> None:
    high = [[x, y, 12.5] for x, y in RING]
    found = parse(collection(feature("GM0141", [[RING, RING], [high]], kind="MultiPolygon")))
    assert found.rings["GM0141"] == (tuple(map(tuple, RING[:-1])),) * 3


def test_metres_are_told_from_degrees() -> None:
    metres = [[240_000, 480_000], [250_000, 480_000], [250_000, 490_000], [240_000, 480_000]]
    assert not parse(collection(feature("GM0141", [metres]))).degrees


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xfe", Fault("not-utf8")),
        (b'{"type":\n oops', Fault("not-json", None, "2")),
        (b"[" * 100_000, Fault("not-json", None, "1")),
        (b"[]", Fault("not-a-collection")),
        (b'{"type": "Topology"}', Fault("not-a-collection")),
        (collection(), Fault("empty")),
    ],
    ids=["latin", "broken", "deep", "list", "topology", "empty"],
)
def test_a_file_that_is_no_collection_is_refused(content: bytes, fault: Fault) -> None:
    assert faults(content) == (fault,)


def test_everything_that_is_wrong_is_told_at_once_with_its_object_and_property() -> None:
    content = collection(
        feature("GM0141"),
        feature("Almelo"),
        with_properties(naam="Almelo", soort="gemeente"),
        {"type": "Feature", "geometry": None},
        feature("GM0147", [[6.5, 52.2]], kind="LineString"),
        feature("GM0147", [RING[:3]]),
        feature("GM0147", [[*RING[:3], [6.5, 52.4]]]),
        feature("GM0147", [[*RING[:3], ["6,5", 52.4]]]),
        feature("GM0147", []),
        feature("GM0141"),
    )
    assert faults(content) == (
        Fault("bad-code", 2, "statcode = Almelo"),
        Fault("no-code", 3, "naam, soort"),
        Fault("no-properties", 4),
        Fault("not-an-area", 5, "LineString"),
        Fault("short-ring", 6, "3"),
        Fault("open-ring", 7),
        Fault("bad-position", 8, "['6,5', 52.4]"),
        Fault("bad-coordinates", 9),
        Fault("twice", 10, "GM0141 (1)"),
    )


def test_numbers_that_are_none_are_refused() -> None:
    for number in ("NaN", "Infinity", "1e999", "1e12", "true"):
        content = json.dumps({"type": "FeatureCollection", "features": [feature("GM0141", [[*RING, ["?", 1]]])]})
        assert faults(content.replace('"?"', number).encode())[0].kind == "bad-position"


def test_a_file_that_is_too_large_or_too_fine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "MOST_CORNERS", 10)
    assert faults(region()) == (Fault("too-fine", None, "10"),)
    monkeypatch.setattr(boundaries, "MOST_BYTES", 2_000_000)
    assert faults(b" " * 2_000_001) == (Fault("too-large", None, "2"),)


def test_of_a_file_full_of_faults_the_first_are_told() -> None:
    assert len(faults(collection(*[feature("x", [RING])] * 400))) == boundaries.MOST_FAULTS


def test_a_fault_is_a_sentence_that_says_where_and_what_to_do() -> None:
    assert sentence(Fault("bad-code", 2, "statcode = Almelo"), "nl") == (
        "Object 2: ‘statcode = Almelo’ is geen gemeentecode. Die ziet eruit als GM0141."
    )
    assert sentence(Fault("empty"), "en").startswith("The file has no features.")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.just("Polygon"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["properties", "geometry", "type", "coordinates", "code"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=3))
def test_whatever_is_in_a_file_it_is_refused_with_a_sentence(features: list[object]) -> None:
    for fault in faults(collection(*features)):
        assert sentence(fault, "nl")
