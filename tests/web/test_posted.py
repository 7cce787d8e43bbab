"""What was posted is read whole or refused: nobody reads "saved" about something that could not be read."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request

from surveyapp.web.posted import Request, takes_files
from tests.web.conftest import Study
from tests.web.respond.form import begin

FORM = "application/x-www-form-urlencoded"
PARTED = "multipart/form-data; boundary=x"
_PART = b'--x\r\nContent-Disposition: form-data; name="g1_good"\r\n\r\n'
UNREADABLE: dict[str, dict[str, Any]] = {
    "half of a character": {"data": b"g1_1=4&g1_good=a%ED%A0%80b", "content_type": FORM},
    "a byte that is no text": {"data": b"g1_1=4&g1_good=a%FFb", "content_type": FORM},
    "such a byte as it is": {"data": b"g1_1=4&g1_good=a\xffb", "content_type": FORM},
    "such a byte in a name": {"data": b"g1_1=4&%FF=b", "content_type": FORM},
    "another alphabet": {"data": "g1_1=4&g1_good=é".encode("latin-1"), "content_type": f"{FORM}; charset=iso-8859-1"},
    "json": {"json": {"g1_1": "4", "g1_good": "Iets"}},
    "plain text": {"data": b"g1_1=4&g1_good=Iets", "content_type": "text/plain"},
    "no type": {"data": b"g1_1=4&g1_good=Iets"},
    "no type that exists": {"data": b"g1_1=4&g1_good=Iets", "content_type": ";;\x7f=="},
    "parts without a boundary": {"data": _PART + b"Iets\r\n--x--\r\n", "content_type": "multipart/form-data"},
    "parts with an odd boundary": {"data": _PART, "content_type": "multipart/form-data; boundary=\xe9"},
    "half of the parts": {"data": _PART + b"Iets", "content_type": PARTED},
    "a part that is no text": {"data": _PART + b"\xff\r\n--x--\r\n", "content_type": PARTED},
    "a file": {
        "data": _PART.replace(b"\r\n\r\n", b'; filename="brief.txt"\r\n\r\n') + b"Iets\r\n--x--\r\n",
        "content_type": PARTED,
    },
}
TOO_MUCH: dict[str, dict[str, Any]] = {
    "more than the largest form": {"data": {"g1_good": "😀" * 1_000_000}},
    "twenty thousand fields": {"data": {f"field-{number}": "x" for number in range(20_000)}},
    "thousands of parts": {"data": {f"field-{number}": "x" for number in range(2_000)}, "content_type": PARTED},
}


@pytest.fixture
def database_url(tmp_path: Path, migrated_file: Path) -> str:
    """One kind of database is enough: nothing of this reaches it."""
    copy = tmp_path / "survey.db"
    copy.write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{copy}"


@pytest.fixture
def link(study: Study) -> str:
    """Of Bram, who has answered already."""
    address = study.invite()
    begin(study.client(), address)
    study.client().post(f"{address}/g1", data={"g1_1": "2", "g1_good": "Dit stond er al."})
    return address


@pytest.mark.parametrize(("bodies", "status", "said"), [(UNREADABLE, 400, "laad de pagina"), (TOO_MUCH, 413, "tekst")])
def test_what_cannot_be_read_is_refused_in_words_and_changes_nothing(
    study: Study, link: str, bodies: dict[str, dict[str, Any]], status: int, said: str
) -> None:
    before = study.stored(), study.rows()
    for name, body in bodies.items():
        refused = study.client().post(f"{link}/g1", **body)
        assert refused.status_code == status, name
        assert said in refused.text, name
        assert "Traceback" not in refused.text, name
        assert '<html lang="nl"' in refused.text, name
        assert (study.stored(), study.rows()) == before, name


@pytest.mark.parametrize(("bodies", "status"), [(UNREADABLE, 400), (TOO_MUCH, 413)])
def test_the_script_is_told_too_that_nothing_was_kept(
    study: Study, link: str, bodies: dict[str, dict[str, Any]], status: int
) -> None:
    before = study.stored()
    for name, body in bodies.items():
        refused = study.client().post(f"{link}/g1/keep-answers", **body)
        assert refused.status_code == status, name
        told = refused.get_json()
        assert told["saved"] is None, name
        assert len(told["notices"]) == 1, name
        assert study.stored() == before, name


def test_a_form_in_parts_is_as_good_as_any(study: Study, link: str) -> None:
    sent = study.client().post(f"{link}/g1", data={"g1_good": "é 😀 \ufffd"}, content_type="multipart/form-data")
    assert sent.status_code == 303
    assert study.stored()["g1_good"] == "é 😀 \ufffd"


def test_a_form_without_a_body_is_an_empty_form(study: Study, link: str) -> None:
    assert study.client().post(f"{link}/g1").status_code == 303
    assert study.stored() == {"g1_1": "2", "g1_good": "Dit stond er al."}


def test_no_other_page_stumbles_over_what_cannot_be_read(study: Study, link: str) -> None:
    for address in ("/sign-in", "/no-such-page", link, f"{link}/check-answers", f"{link}/g1/pass-on", "/o/unknown"):
        for name, body in UNREADABLE.items():
            assert study.client().post(address, **body).status_code < 500, (address, name)
    assert study.client().get(f"{link}/g1", data=b"{}", content_type="application/json").status_code == 200


def test_a_page_that_asks_for_a_file_gets_it_whole_with_its_fields() -> None:
    app = Flask(__name__)
    app.request_class = Request
    content = bytes(range(256)) * 1_000

    def upload() -> str:
        file = request.files["file"]
        return f"{request.form['language']} {file.filename} {file.read() == content}"

    app.add_url_rule("/upload", view_func=takes_files(upload), methods=["POST"])
    answer = app.test_client().post("/upload", data={"language": "nl", "file": (BytesIO(content), "lijst.xlsx")})
    assert answer.text == "nl lijst.xlsx True"
    assert app.test_client().post("/upload", data=_PART, content_type=PARTED).status_code == 400
    assert app.test_client().post("/upload", data={"language": "nl"}).status_code == 400
