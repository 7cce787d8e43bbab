"""Hearing both sides: a frozen text, remarks on its paragraphs, and what was decided on each."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import findings, reviews
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Event, ItemTally, Review, Reviewer
from surveyapp.queries import reviews as found
from tests import cast
from tests.actions.conftest import Time
from tests.cast import SECRET_KEY, Study

PARAGRAPHS = [
    {"key": "finding-1", "heading": "Doelen", "text": "De doelen zijn bekend."},
    {"key": "finding-2", "heading": "", "text": "De planning is krap."},
]


def _round(session: Session, study: Study, **otherwise: Any) -> Review:  # noqa: ANN401 - whatever begin takes
    wanted: dict[str, Any] = {"kind": "facts", "title": "Feiten", "paragraphs": PARAGRAPHS} | otherwise
    deadline = wanted.pop("deadline", clock.now() + timedelta(days=21))
    return reviews.begin(session, wave=study.wave, deadline=deadline, by=study.anna, **wanted)


def _reader(session: Session, study: Study, review: Review, member: int | None = 0) -> Reviewer:
    place = None if member is None else study.members[member]
    return reviews.add_reader(
        session,
        review=review,
        name="Bram",
        email="bram@almelo.example",
        membership=place,
        secret_key=SECRET_KEY,
        by=study.anna,
    )


def test_a_reader_is_known_by_a_link_of_which_only_the_hash_is_kept(session: Session) -> None:
    study = cast.study(session)
    reader = _reader(session, study, _round(session, study))
    token = reviews.show_link(session, reader=reader, secret_key=SECRET_KEY, by=study.anna)
    assert found.reader_by_token(session, token) is reader
    assert token not in str(reader.token_hash)
    another = reviews.reissue(session, reader=reader, secret_key=SECRET_KEY, by=study.anna)
    assert found.reader_by_token(session, another) is reader
    with pytest.raises(NotFound):
        found.reader_by_token(session, token)


def test_remarks_are_changed_and_taken_back_until_the_deadline(session: Session, time: Time) -> None:
    study = cast.study(session)
    reader = _reader(session, study, _round(session, study))
    first, other = ("finding-1", "fact"), ("finding-2", "wording")
    reviews.say(session, reader=reader, remarks={first: "Niet in Almelo.", other: "Ruim."}, verdict="approved")
    reviews.say(session, reader=reader, remarks={first: "Niet overal in Almelo.", other: " "})
    assert [(each.kind, each.text) for each in reader.remarks] == [("fact", "Niet overal in Almelo.")]
    assert reader.verdict == "approved"
    time.passes(days=22)
    with pytest.raises(WrongState, match="review-past"):
        reviews.say(session, reader=reader, remarks={first: ""})
    reviews.extend(session, review=reader.review, deadline=clock.now() + timedelta(days=7), by=study.anna)
    reviews.say(session, reader=reader, remarks={first: ""})
    assert reader.remarks == []


def test_each_remark_is_decided_on_with_a_reason_before_the_round_closes(session: Session) -> None:
    study = cast.study(session)
    review = _round(session, study)
    reader = _reader(session, study, review)
    reviews.say(session, reader=reader, remarks={("finding-2", "fact"): "Twaalf weken.", ("finding-1", "fact"): "Nee."})
    with pytest.raises(WrongState, match="remarks-undecided"):
        reviews.close(session, review=review, by=study.anna)
    for remark, disposition in zip(reader.remarks, ("taken-over", "not"), strict=True):
        with pytest.raises(InvalidContent, match="reason-missing"):
            reviews.dispose(session, remark=remark, disposition=disposition, answer=" ", by=study.anna)
        reviews.dispose(
            session, remark=remark, disposition=disposition, answer="Daarom.", printed="Iets.", by=study.anna
        )
    assert found.table(session, study.wave) == ()
    reviews.close(session, review=review, by=study.anna)
    lines = found.table(session, study.wave)
    assert [(each.place, each.disposition, each.organisation) for each in lines] == [
        (1, "not", "GM0141"),
        (2, "taken-over", "GM0141"),
    ]
    assert found.table(session, study.wave, "GM0147") == ()
    assert {(each.text, each.printed) for each in lines} == {("Twaalf weken.", "Iets."), ("Nee.", "Iets.")}
    assert "Bram" not in str(lines)
    with pytest.raises(WrongState, match="review-closed"):
        reviews.say(session, reader=reader, remarks={("finding-1", "fact"): "Toch niet."})


def test_what_is_said_otherwise_is_decided_on_again(session: Session) -> None:
    study = cast.study(session)
    reader = _reader(session, study, _round(session, study))
    reviews.say(session, reader=reader, remarks={("finding-1", "fact"): "Nee."})
    reviews.dispose(session, remark=reader.remarks[0], disposition="not", answer="Wel.", printed="Nee.", by=study.anna)
    reviews.say(session, reader=reader, remarks={("finding-1", "fact"): "Nee."})
    assert reader.remarks[0].disposition == "not"
    reviews.say(session, reader=reader, remarks={("finding-1", "fact"): "Nee, zie bijlage."})
    assert (reader.remarks[0].disposition, reader.remarks[0].answer, reader.remarks[0].printed) == ("", "", "")


def test_conclusions_are_read_after_the_facts(session: Session) -> None:
    study = cast.study(session)
    with pytest.raises(WrongState, match="facts-first"):
        _round(session, study, kind="conclusions")
    first = _round(session, study)
    assert (_round(session, study).number, _round(session, study, membership=study.members[0]).number) == (2, 1)
    reviews.close(session, review=first, by=study.anna)
    assert _round(session, study, kind="conclusions").number == 1


def test_what_cannot_be_is_refused_and_leaves_nothing(session: Session) -> None:
    study = cast.study(session)
    for otherwise, code in (
        ({"kind": "gossip"}, "unknown-kind"),
        ({"kind": "conversation"}, "unknown-kind"),
        ({"paragraphs": []}, "nothing-to-read"),
        ({"deadline": clock.now()}, "deadline-past"),
    ):
        with pytest.raises(InvalidContent, match=code):
            _round(session, study, **otherwise)
    reader = _reader(session, study, _round(session, study))
    for remarks, verdict, code in (
        ({("finding-9", "fact"): "?"}, "", "unknown-paragraph"),
        ({("finding-1", "shout"): "?"}, "", "unknown-kind"),
        ({("finding-1", "fact"): "a" * 5_001}, "", "text-too-long"),
        ({("finding-1", "fact"): "Goed."}, "great", "unknown-verdict"),
    ):
        with pytest.raises(InvalidContent, match=code):
            reviews.say(session, reader=reader, remarks=remarks, verdict=verdict)
    assert reader.remarks == []


def test_no_remark_touches_a_score_and_a_corrected_fact_is_seen(session: Session) -> None:
    study = cast.study(session)
    study.respond(session, "official", t1_1="4")
    before = [(each.question, each.answer, each.count) for each in session.scalars(select(ItemTally))]
    said = findings.Said("t1", PARAGRAPHS[0]["text"])
    finding = findings.write(session, wave=study.wave, said=said, by=study.anna)
    findings.show(session, finding=finding, in_report=True, by=study.anna)
    review = _round(session, study)
    reader = _reader(session, study, review)
    reviews.say(session, reader=reader, remarks={("finding-1", "fact"): "De score klopt niet."})
    reviews.dispose(session, remark=reader.remarks[0], disposition="partly", answer="De zin wel.", by=study.anna)
    assert found.now_reads(session, review) == {}
    corrected = findings.Said("t1", "De doelen zijn deels bekend.")
    findings.change(session, finding=finding, version=1, said=corrected, by=study.anna)
    assert found.now_reads(session, review) == {"finding-1": "De doelen zijn deels bekend."}
    assert review.paragraphs == PARAGRAPHS
    assert [(each.question, each.answer, each.count) for each in session.scalars(select(ItemTally))] == before


def test_the_log_tells_acts_and_no_words_or_names(session: Session) -> None:
    study = cast.study(session)
    review = _round(session, study)
    reader = _reader(session, study, review)
    reviews.say(session, reader=reader, remarks={("finding-1", "fact"): "Geheim."})
    with pytest.raises(WrongState, match="has-remarked"):
        reviews.remove_reader(session, reader=reader, by=study.anna)
    reviews.remove_reader(session, reader=_reader(session, study, review), by=study.anna)
    told = session.scalars(select(Event).where(Event.verb.startswith("review."))).all()
    assert {each.verb for each in told} == {"review.begin", "review.add-reader", "review.remove-reader"}
    assert not [each for each in told if "Geheim" in str(each.details) or "Bram" in str(each.details)]
