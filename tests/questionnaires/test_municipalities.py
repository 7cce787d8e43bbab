"""The table of municipalities is complete and official."""

import re
from collections import Counter

import pytest

from surveyapp.questionnaires.municipalities import municipalities, search, youth_regions

TWENTE = {
    "GM0141": "Almelo", "GM0147": "Borne", "GM1774": "Dinkelland", "GM0153": "Enschede", "GM0158": "Haaksbergen",
    "GM0163": "Hellendoorn", "GM0164": "Hengelo", "GM1735": "Hof van Twente", "GM0168": "Losser",
    "GM0173": "Oldenzaal", "GM1742": "Rijssen-Holten", "GM0183": "Tubbergen", "GM1700": "Twenterand",
    "GM0189": "Wierden",
}  # fmt: skip


def test_there_are_342_in_order_of_code_each_once() -> None:
    codes = [municipality.code for municipality in municipalities()]
    assert len(codes) == 342
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"GM\d{4}", code) for code in codes)


def test_every_province_has_its_number() -> None:
    assert Counter(municipality.province for municipality in municipalities()) == {
        "Noord-Brabant": 56,
        "Gelderland": 51,
        "Zuid-Holland": 50,
        "Noord-Holland": 44,
        "Limburg": 31,
        "Utrecht": 26,
        "Overijssel": 25,
        "Fryslân": 18,
        "Zeeland": 13,
        "Drenthe": 12,
        "Groningen": 10,
        "Flevoland": 6,
    }


def test_names_are_unique_and_a_comma_in_a_name_is_part_of_it() -> None:
    names = [municipality.name for municipality in municipalities()]
    assert len(set(names)) == 342
    assert "Nuenen, Gerwen en Nederwetten" in names


def test_twente_is_there() -> None:
    by_code = {municipality.code: municipality for municipality in municipalities()}
    assert {code: by_code[code].name for code in TWENTE} == TWENTE
    assert {by_code[code].province for code in TWENTE} == {"Overijssel"}


def test_every_municipality_lies_in_one_of_42_youth_regions() -> None:
    inside = [one.code for region in youth_regions() for one in region.municipalities]
    assert len(youth_regions()) == 42
    assert sorted(inside) == [one.code for one in municipalities()]
    twente = next(region for region in youth_regions() if region.code == "JZ14")
    assert {one.code: one.name for one in twente.municipalities} == TWENTE


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("almelo", ["Almelo"]),
        ("gm0141", ["Almelo"]),
        ("hof tw", ["Hof van Twente"]),
        ("s-grav", ["'s-Gravenhage"]),
        ("sud", ["Súdwest-Fryslân"]),
        ("flevoland", ["Almere", "Dronten", "Lelystad", "Noordoostpolder", "Urk", "Zeewolde"]),
        ("flevoland al", ["Almere"]),
        ("nergens", []),
        ("  ", []),
        ("%", []),
    ],
)
def test_a_municipality_is_found_by_code_name_or_province(words: str, names: list[str]) -> None:
    assert [one.name for one in search(words)] == names
