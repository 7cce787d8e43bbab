"""The table of municipalities is complete and official."""

import re
from collections import Counter

from surveyapp.questionnaires.municipalities import municipalities

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
