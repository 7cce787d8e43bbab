"""Sorting what was written: by a person, logged, with what others made of it left alone."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import codebook, coding, users
from surveyapp.analysis.coding.book import Entry
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Answer, Code, Event, Segment, User
from surveyapp.queries import coding as found
from surveyapp.queries import source_texts
from surveyapp.queries.source_texts import SourceText
from tests import cast
from tests.cast import Study

WORDS = "Het gaat traag. Het is ook duur."


@pytest.fixture
def study(session: Session) -> Study:
    """Somebody wrote something, and somebody else began to."""
    made = cast.study(session)
    made.respond(session, "official", t1_good=WORDS)
    made.begin(session, "official", t1_good="Dit is nog niet verstuurd.")
    for key in ("time", "money"):
        codebook.add(session, evaluation=made.evaluation, entry=Entry(key, key), themes=(), by=made.anna)
    return made


def the_text(session: Session, study: Study) -> SourceText:
    (only,) = source_texts.of(session, study.wave)
    return only


def code(session: Session, study: Study, key: str) -> Code:
    return next(each for each in found.codes(session, study.evaluation, retired=True) if each.key == key)


def assign(
    session: Session,
    study: Study,
    codes: Sequence[str],
    *,
    by: User | None = None,
    part: tuple[int, int] | None = None,
    none_fits: bool = False,
    memo: str = "",
) -> None:
    text = the_text(session, study)
    begins, ends = part or (0, len(text.text))
    coding.assign(
        session,
        wave=study.wave,
        source=text.source,
        key=text.key,
        begins=begins,
        ends=ends,
        text_digest=source_texts.digest(WORDS),
        codes=[code(session, study, key) for key in codes],
        none_fits=none_fits,
        memo=memo,
        by=by or study.anna,
    )


def judged(session: Session, study: Study) -> list[dict[int, frozenset[str]]]:
    return list(found.judged(found.codings(session, study.wave)).values())


def test_reading_is_logged_before_the_words_are_handed_over(session: Session, study: Study) -> None:
    texts = coding.read(session, wave=study.wave, by=study.anna)
    assert [(each.text, each.theme, each.role, each.organisation) for each in texts] == [
        (WORDS, "t1", "official", "GM0141")
    ]
    coding.read_one(session, wave=study.wave, source="answer", key=texts[0].key, by=study.anna)
    assert session.scalars(select(Event.verb)).all()[-2:] == ["coding.read", "coding.read-one"]


def test_codes_replace_what_the_same_person_gave(session: Session, study: Study) -> None:
    assign(session, study, ["time", "money"], memo=" Twee dingen. ")
    assign(session, study, ["money"])
    assert judged(session, study) == [{study.anna.id: frozenset({"money"})}]
    assign(session, study, [])
    assert judged(session, study) == []
    assert session.scalars(select(Segment)).all() == []


def test_that_no_code_fits_is_a_judgement_too(session: Session, study: Study) -> None:
    assign(session, study, [], none_fits=True)
    assert judged(session, study) == [{study.anna.id: frozenset()}]
    with pytest.raises(InvalidContent, match="codes-and-none"):
        assign(session, study, ["time"], none_fits=True)


def test_parts_of_a_text_have_codes_of_their_own(session: Session, study: Study) -> None:
    assign(session, study, ["time"], part=(0, 15))
    assign(session, study, ["money"], part=(16, 32))
    coded = [(WORDS[each.begins : each.ends], each.code) for each in found.codings(session, study.wave)]
    assert coded == [("Het gaat traag.", "time"), ("Het is ook duur.", "money")]
    assert judged(session, study) == [{study.anna.id: frozenset({"time", "money"})}]
    for part in ((-1, 3), (5, 5), (0, 33)):
        with pytest.raises(InvalidContent, match="not-in-text"):
            assign(session, study, ["time"], part=part)


def test_what_two_people_made_of_it_stays_when_a_difference_is_settled(session: Session, study: Study) -> None:
    eva = users.create(session, email="eva@bureau.example", name="Eva", by=None)
    assign(session, study, ["time", "money"])
    assign(session, study, ["time"], by=eva)
    text = the_text(session, study)
    with pytest.raises(InvalidContent, match="reason-missing"):
        settle(session, study, text, fits=False, reason=" ")
    settle(session, study, text, fits=True, reason="Eerst zo.")
    settle(session, study, text, fits=False, reason="Geld is hier een gevolg.")
    place = (text.source, text.key)
    resolved = found.resolutions(session, study.wave)
    assert {key: (one.fits, one.reason, one.by) for key, one in resolved.items()} == {
        (place, "money"): (False, "Geld is hier een gevolg.", "Anna")
    }
    (by_person,) = judged(session, study)
    assert by_person == {study.anna.id: frozenset({"time", "money"}), eva.id: frozenset({"time"})}
    assert found.settled(by_person, {"money": resolved[place, "money"]}) == {"time"}
    assert found.coders(session, found.codings(session, study.wave)) == {study.anna.id: "Anna", eva.id: "Eva"}


def settle(session: Session, study: Study, text: SourceText, *, fits: bool, reason: str) -> None:
    money = code(session, study, "money")
    coding.settle(
        session, wave=study.wave, source=text.source, key=text.key, code=money, fits=fits, reason=reason, by=study.anna
    )


def test_a_text_that_changed_is_not_coded_unseen(session: Session, study: Study) -> None:
    session.scalars(select(Answer).where(Answer.value == WORDS)).one().value = "Het gaat goed."
    with pytest.raises(WrongState, match="text-changed"):
        assign(session, study, ["time"])


def test_a_retired_code_and_a_code_of_another_study_are_refused(session: Session, study: Study) -> None:
    codebook.retire(session, code=code(session, study, "time"), by=study.anna)
    with pytest.raises(WrongState, match="code-retired"):
        assign(session, study, ["time"])


def test_a_memo_has_an_end(session: Session, study: Study) -> None:
    with pytest.raises(InvalidContent, match="memo-too-long"):
        assign(session, study, ["time"], memo="x" * (coding.LONGEST_MEMO + 1))


@pytest.mark.parametrize(
    ("source", "key"),
    [("answer", "1:t1_good"), ("answer", "x"), ("answer", f"{2**63}:t1_good"), ("note", "x"), ("letter", "x")],
)
def test_a_text_that_is_not_there_is_not_found(session: Session, study: Study, source: str, key: str) -> None:
    with pytest.raises(NotFound):
        coding.read_one(session, wave=study.wave, source=source, key=key, by=study.anna)


def test_nobody_reads_single_answers_of_an_anonymous_wave(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    with pytest.raises(WrongState, match="anonymous-wave"):
        coding.read(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="anonymous-wave"):
        coding.read_one(session, wave=study.wave, source="answer", key="1:t1_good", by=study.anna)


def test_the_second_person_gets_a_sample_that_is_always_the_same(session: Session, study: Study) -> None:
    text = the_text(session, study)
    many = [SourceText("answer", str(number), "x", "", "", "", None, "", "", "role") for number in range(400)]
    drawn = found.sample(study.wave, many)
    assert len(drawn) == 80
    assert found.sample(study.wave, many[::-1]) == drawn
    assert len(found.sample(study.wave, many[:100])) == 50
    assert found.sample(study.wave, [text]) == {(text.source, text.key)}
    assert found.sample(study.wave, []) == frozenset()
