"""A list of people in any file that an office makes: read as it is meant, or every fault with its row and column."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.reading.grid import LARGEST
from surveyapp.analysis.reading.people import read
from surveyapp.analysis.reading.person import address_key
from tests.analysis.reading.listed import EXPECTED, everybody, listed, told, workbook
from tests.effort import tries

BRAM = "Bram,bram@almelo.example,GM0141,governor,nl"


def test_somebody_is_read_as_written() -> None:
    found = read(listed(BRAM), EXPECTED)
    assert everybody(found) == [("Bram", "bram@almelo.example", "GM0141", "governor", "nl")]
    assert found.rows[0].row == 2
    assert found.can_be_let_in


@pytest.mark.parametrize(
    "titles",
    [
        "naam,e-mail,organisatie,rol,taal",
        "Naam, E-mailadres ,Gemeente,ROL,Taal",
        "Name,Email,Organization,Role,Language",
    ],
)
def test_titles_may_be_dutch_or_english(titles: str) -> None:
    assert len(everybody(read(listed(BRAM, titles=titles), EXPECTED))) == 1


def test_titles_may_stand_in_any_order_beside_others_which_are_told() -> None:
    found = read(
        listed("governor,5,bram@almelo.example,,Bram,Almelo", titles="rol,fte,mail,taal,naam,gemeente"), EXPECTED
    )
    assert everybody(found) == [("Bram", "bram@almelo.example", "GM0141", "governor", "nl")]
    assert found.unused == ("fte",)


def test_a_name_may_be_in_parts() -> None:
    titles = "voornaam,tussenvoegsel,achternaam,email,organisatie,rol"
    found = read(
        listed("Anna,van der,Berg,a@b.example,Borne,official", "Bo,,Bos,b@b.example,Borne,official", titles=titles),
        EXPECTED,
    )
    assert [person.name for person in found.rows] == ["Anna van der Berg", "Bo Bos"]


@pytest.mark.parametrize("organisation", ["GM0141", "gm0141", "Almelo", "ALMELO", " almelo "])
@pytest.mark.parametrize("role", ["governor", "Bestuurder", "bestuurders", "Governor"])
@pytest.mark.parametrize("language", ["en", "EN", "Engels", "English", "english "])
def test_codes_names_keys_and_titles_are_understood_in_both_languages(
    organisation: str, role: str, language: str
) -> None:
    found = read(listed(f"Bram,bram@almelo.example,{organisation},{role},{language}"), EXPECTED)
    assert everybody(found) == [("Bram", "bram@almelo.example", "GM0141", "governor", "en")]


def test_every_fault_of_every_row_is_told_with_what_was_probably_meant() -> None:
    rows = (
        ",bram@almelo.example,GM0141,governor,nl",
        "Carla,carla@almelo,Almeloo,governer,fr",
        "Dirk,,,,",
    )
    assert told(listed(*rows)) == [
        (2, "name", "missing", ""),
        (3, "email", "bad-email", ""),
        (3, "organisation", "unknown-organisation", "Almelo"),
        (3, "role", "unknown-role", "Bestuurder"),
        (3, "language", "unknown-language", ""),
        (4, "email", "missing", ""),
        (4, "organisation", "missing", ""),
        (4, "role", "missing", ""),
    ]


def test_a_suggestion_is_in_the_language_of_the_reader() -> None:
    row = "Bram,bram@almelo.example,GM0141,governer,nl"
    assert told(listed(row), replace(EXPECTED, spoken="en")) == [(2, "role", "unknown-role", "Governor")]


def test_the_same_person_twice_is_told_with_the_row_of_the_first() -> None:
    rows = (BRAM, "B. Bram,BRAM@almelo.example,Almelo,Bestuurder,", BRAM)
    assert told(listed(*rows)) == [(3, "email", "twice", "2"), (4, "email", "twice", "2")]


def test_the_same_person_twice_is_told_beside_other_faults() -> None:
    rows = (BRAM.replace("Bram", ""), "Bram,bram@almelo.example,Almelo,governor,fr")
    assert told(listed(*rows)) == [
        (2, "name", "missing", ""),
        (3, "language", "unknown-language", ""),
        (3, "email", "twice", "2"),
    ]


def test_the_same_address_for_another_organisation_or_role_is_no_fault_and_is_told() -> None:
    found = read(listed(BRAM, "Bram,bram@almelo.example,Borne,governor,"), EXPECTED)
    assert len(everybody(found)) == 2
    assert [(fault.row, fault.code) for fault in found.elsewhere] == [(3, "also-elsewhere")]


def test_who_is_there_already_is_told_and_may_be_passed_over() -> None:
    there = frozenset({(address_key("Bram@Almelo.example"), "GM0141", "governor")})
    found = read(listed(BRAM, "Carla,carla@almelo.example,GM0141,official,"), replace(EXPECTED, there=there))
    assert [fault.row for fault in found.already_there] == [2]
    assert [person.name for person in found.rows] == ["Carla"]
    assert found.can_be_let_in


def test_an_open_role_and_a_place_without_a_group_are_refused() -> None:
    closed = replace(EXPECTED, open_roles=frozenset({"governor"}))
    assert told(listed(BRAM), closed) == [(2, "role", "role-open", "")]
    begun = replace(EXPECTED, groups=frozenset({("GM0147", "governor")}))
    assert told(listed(BRAM), begun) == [(2, "role", "group-not-there", "")]


def test_two_organisations_with_one_name_are_told_by_code() -> None:
    twins = replace(EXPECTED, organisations={"GM0147": "Borne", "WK01": "Borne"})
    row = "Bram,bram@borne.example,borne,governor,"
    assert told(listed(row), twins) == [(2, "organisation", "organisation-ambiguous", "GM0147, WK01")]
    assert len(everybody(read(listed(row.replace("borne,", "WK01,")), twins))) == 1


def test_what_is_missing_or_double_in_the_titles_is_told() -> None:
    assert told(listed("x", titles="naam,email,mail")) == [
        (1, "email", "column-twice", "email"),
        (1, "organisation", "column-missing", ""),
        (1, "role", "column-missing", ""),
    ]


def test_a_list_without_titles_or_without_people_says_so() -> None:
    assert told(BRAM.encode()) == [(1, "", "no-header", "")]
    assert told(listed()) == [(0, "", "only-a-header", "")]
    assert told(b"") == [(0, "", "empty-file", "")]
    assert told(b"\r\n \r\n") == [(0, "", "empty-file", "")]


@pytest.mark.parametrize("name", ["=1+1", "+31 6 1234", "@SUM(A1)"])
def test_a_name_that_a_spreadsheet_would_take_for_a_formula_is_refused(name: str) -> None:
    assert told(listed(f"{name},bram@almelo.example,GM0141,governor,nl")) == [(2, "name", "formula", "")]


def test_a_name_that_was_read_wrongly_before_is_told_with_what_was_meant() -> None:
    assert told(listed("JosÃ©,jose@almelo.example,GM0141,governor,nl")) == [(2, "name", "garbled", "José")]


def test_a_value_with_an_unquoted_comma_is_told_by_the_number_of_values() -> None:
    assert (2, "", "too-many-values", "5") in told(listed("Vries, Bram de,bram@almelo.example,GM0141,governor,nl"))


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    assert told(b"a" * (LARGEST + 1)) == [(0, "", "file-too-large", "")]


@pytest.mark.parametrize("faulty", [False, True])
def test_ten_thousand_rows_take_less_than_two_seconds(faulty: bool) -> None:
    place = "Almeloo{0}" if faulty else "Almelo"
    rows = [f"Persoon {number},p{number}@almelo.example,{place.format(number)},governor,nl" for number in range(10_000)]
    content = listed(*rows)
    started = time.process_time()
    found = read(content, EXPECTED)
    assert time.process_time() - started < 2
    assert len(found.problems if faulty else found.rows) == 10_000


NAMES = st.text(st.characters(categories=["L"], max_codepoint=0x17F), min_size=1, max_size=12).filter(
    lambda name: name.isprintable()
)


@tries(60)
@given(
    names=st.lists(NAMES, min_size=1, max_size=8),
    separator=st.sampled_from(",;\t"),
    quoted=st.booleans(),
    trailing=st.booleans(),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
)
def test_what_any_program_writes_is_read_back(
    names: list[str], separator: str, quoted: bool, trailing: bool, end: str, codec: str
) -> None:
    if codec == "cp1252":
        names = [name.encode("cp1252", "ignore").decode("cp1252") or "Bram" for name in names]
    people = [(name, f"p{place}@almelo.example", "Almelo", "Bestuurder", "nl") for place, name in enumerate(names)]
    rows = [("naam", "e-mail", "organisatie", "rol", "taal"), *people]
    cell = '"{}"' if quoted else "{}"
    text = "".join(
        separator.join(cell.format(value) for value in row)
        + (separator if trailing else "")
        + end
        + (end * (place % 2))
        for place, row in enumerate(rows)
    )
    found = read(text.encode(codec), EXPECTED)
    assert {fault.code for fault in found.problems} <= {"garbled"}
    assert len(found.rows) + len(found.problems) == len(people)


@tries(150)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_whatever_the_bytes_are_something_is_said(content: bytes) -> None:
    for beginning in (b"", listed(BRAM), b"PK\x03\x04", b"\xff\xfe"):
        found = read(beginning + content, EXPECTED)
        assert found.rows or found.problems
        assert all(fault.code for fault in found.problems)


@tries(60)
@given(place=st.integers(0, 6000), byte=st.integers(0, 255), cut=st.integers(0, 6000))
def test_a_damaged_workbook_is_told_and_never_ends_the_program(place: int, byte: int, cut: int) -> None:
    whole = workbook(("Bram", "bram@almelo.example", "Almelo", "governor", "nl"))
    damaged = bytearray(whole)
    damaged[place % len(damaged)] = byte
    for content in (bytes(damaged), whole[: cut % len(whole)]):
        found = read(content, EXPECTED)
        assert found.rows or found.problems
