"""No log holds an invitation's token."""

import logging

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from surveyapp.web.masking import mask_tokens, masked
from tests.web.conftest import Study


def test_the_token_of_an_address_is_masked_and_the_rest_stays() -> None:
    assert masked('"GET /r/s3cret-T0ken/g1?language=en HTTP/1.1" 200') == '"GET /r/***/g1?language=en HTTP/1.1" 200'
    assert masked("/r/s3cret-T0ken") == "/r/***"
    assert masked("/results/2") == "/results/2"


@pytest.mark.parametrize("door", ["r", "o", "c", "copy", "count"])
def test_every_door_that_a_secret_opens_is_masked(door: str) -> None:
    assert (
        masked(f'"POST /{door}/s3cret-T0ken?language=en HTTP/1.1" 303')
        == f'"POST /{door}/***?language=en HTTP/1.1" 303'
    )


@pytest.mark.parametrize("name", ["gunicorn.access", "werkzeug"])
def test_the_logs_of_servers_are_masked(name: str, caplog: pytest.LogCaptureFixture) -> None:
    mask_tokens()
    logger = logging.getLogger(name)
    with caplog.at_level(logging.INFO, logger=name):
        logger.info('%(h)s "%(r)s"', {"h": "127.0.0.1", "r": "GET /r/s3cret/g1 HTTP/1.1"})
        logger.info('%s "%s"', "127.0.0.1", "POST /r/s3cret HTTP/1.1")
    assert len(caplog.records) == 2
    assert "s3cret" not in caplog.text
    assert "/r/***/g1" in caplog.text


def test_a_failing_page_logs_neither_the_address_nor_what_was_answered(
    study: Study, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, client = study.invite(), study.client()
    client.post(link)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("surveyapp.actions.responses.upsert.replace", fail)
    answer = client.post(f"{link}/g1", data={"g1_good": "Heel persoonlijk"})
    assert answer.status_code == 500
    assert "the disk is full" in caplog.text
    assert link.removeprefix("/r/") not in caplog.text
    assert "Heel persoonlijk" not in caplog.text


def test_a_statement_that_the_database_refuses_is_logged_without_its_values(
    study: Study, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, client = study.invite(), study.client()
    client.post(link)

    def refuse(session: Session, _: object, rows: list[dict[str, str]], **__: object) -> None:
        session.execute(text("INSERT INTO nowhere VALUES (:value)"), {"value": rows[0]["value"]})

    monkeypatch.setattr("surveyapp.actions.responses.upsert.replace", refuse)
    assert client.post(f"{link}/g1", data={"g1_good": "Heel persoonlijk"}).status_code == 500
    assert "nowhere" in caplog.text
    assert "Heel persoonlijk" not in caplog.text
