"""Text in the character sets that offices use, and what is told where a file has more than one."""

import pytest

from surveyapp.analysis.reading.decoding import MIXED, UNDECODABLE, decode, repaired
from surveyapp.analysis.reading.people import read
from tests.analysis.reading.listed import EXPECTED, told

WORDS = "naam;plaats\nJosé;Súdwest-Fryslân\nZoë;Café 't Hoekje\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_character_set_gives_the_same_lines(codec: str, end: str) -> None:
    text = decode(WORDS.replace("\n", end).encode(codec))
    assert text is not None
    assert text.lines == WORDS.split("\n")
    assert text.faults == {}


def test_the_lines_in_another_character_set_than_most_are_told() -> None:
    text = decode("José\nZoë\nRené\n".encode() + "Renée\nplain\n".encode("cp1252"))
    assert text is not None
    assert text.lines[:4] == ["José", "Zoë", "René", "Renée"]
    assert text.faults == {3: MIXED}
    other = decode("José\nZoë\nRené\n".encode("cp1252") + "Renée\n".encode())
    assert other is not None
    assert other.faults == {3: MIXED}


def test_bytes_that_are_no_character_are_told_by_line() -> None:
    for content in (b"good\nbad \x81\n", "good\nbad".encode("utf-16-le") + b"\x00\xd8", "ok\nlost \ufffd".encode()):
        text = decode(b"\xff\xfe" + content if b"\x00" in content else content)
        assert text is not None
        assert text.faults == {1: UNDECODABLE}


def test_what_is_no_text_is_nothing() -> None:
    assert decode(b"\x89PNG\r\n\x00\x00\x00\rIHDR") is None
    assert decode(b"\x00\x01\x02") is None


def test_text_that_was_read_in_the_wrong_set_is_recognised_and_other_text_left_alone() -> None:
    assert repaired("JosÃ©") == "José"
    assert repaired("FrançoisÂ") is None
    assert [repaired(name) for name in ("José", "Zoë", "Łukasz", "Bram", "Ã")] == [None] * 5


def test_a_list_with_two_character_sets_tells_the_rows_and_reads_the_others() -> None:
    content = "naam,email,organisatie,rol\nJosé,j@b.example,Borne,governor\nZoë,z@b.example,Borne,governor\n".encode()
    content += "Renée,r@b.example,Borne,governor\n".encode("cp1252")
    assert told(content) == [(4, "", "mixed-encoding", "")]
    assert [person.name for person in read(content, EXPECTED).rows] == ["José", "Zoë"]
