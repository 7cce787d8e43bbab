"""The codebook of a study: codes come, change, go, and become one."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import codebook, coding
from surveyapp.analysis.coding.book import Entry, written
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Code, Event
from surveyapp.queries import coding as found
from surveyapp.queries import source_texts
from tests import cast
from tests.cast import Study

THEMES = ("t1", "t2")
TIME = Entry("time", "Tijd", "Over tempo", theme="t1")


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def add(session: Session, study: Study, entry: Entry = TIME) -> Code:
    return codebook.add(session, evaluation=study.evaluation, entry=entry, themes=THEMES, by=study.anna)


def test_codes_stand_in_the_order_in_which_they_were_added(session: Session, study: Study) -> None:
    add(session, study)
    add(session, study, Entry("late", "Te laat", parent="time"))
    entries = [found.entry(code) for code in found.codes(session, study.evaluation)]
    assert entries == [TIME, Entry("late", "Te laat", parent="time")]
    assert session.scalars(select(Event.verb)).all()[-2:] == ["code.add", "code.add"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (TIME, "key-taken"),
        (Entry("Te laat", "x"), "key-not-valid"),
        (Entry("a", ""), "title-missing"),
        (Entry("a", "A", parent="b"), "parent-unknown"),
        (Entry("a", "A", theme="t9"), "theme-unknown"),
    ],
    ids=["taken", "key", "title", "parent", "theme"],
)
def test_a_code_with_a_fault_is_not_added(session: Session, study: Study, entry: Entry, fault: str) -> None:
    add(session, study)
    with pytest.raises(InvalidContent, match=fault):
        add(session, study, entry)


def test_who_changes_an_older_version_is_told_so(session: Session, study: Study) -> None:
    code = add(session, study)
    new = Entry("other", "Tempo")
    codebook.change(session, code=code, entry=new, version=1, themes=THEMES, by=study.anna)
    assert (code.key, code.title, code.definition, code.version) == ("time", "Tempo", "", 2)
    with pytest.raises(WrongState, match="changed-meanwhile"):
        codebook.change(session, code=code, entry=TIME, version=1, themes=THEMES, by=study.anna)
    codebook.change(session, code=code, entry=new, version=2, themes=THEMES, by=study.anna)
    assert code.version == 2, "nothing changed"


def test_a_code_cannot_come_to_stand_below_itself(session: Session, study: Study) -> None:
    code = add(session, study)
    add(session, study, Entry("late", "Te laat", parent="time"))
    with pytest.raises(InvalidContent, match="parent-below-itself"):
        codebook.change(
            session, code=code, entry=Entry("time", "Tijd", parent="late"), version=1, themes=THEMES, by=study.anna
        )


def test_a_retired_code_is_offered_no_more_and_can_come_back(session: Session, study: Study) -> None:
    code = add(session, study)
    codebook.retire(session, code=code, by=study.anna)
    assert found.codes(session, study.evaluation) == []
    with pytest.raises(WrongState, match="already-retired"):
        codebook.retire(session, code=code, by=study.anna)
    codebook.bring_back(session, code=code, by=study.anna)
    assert found.codes(session, study.evaluation) == [code]
    with pytest.raises(WrongState, match="not-retired"):
        codebook.bring_back(session, code=code, by=study.anna)


def test_merging_moves_what_was_coded_and_counts_nothing_twice(session: Session, study: Study) -> None:
    for words in ("Te traag.", "Te duur."):
        study.respond(session, "official", t1_good=words)
    time, late, slow = (add(session, study, Entry(key, key)) for key in ("time", "late", "slow"))
    below = add(session, study, Entry("below", "b", parent="late"))
    one, other = source_texts.of(session, study.wave)
    for text, codes in ((one, [time, late]), (other, [late])):
        coding.assign(
            session,
            wave=study.wave,
            source=text.source,
            key=text.key,
            begins=0,
            ends=len(text.text),
            text_digest=text.digest,
            codes=codes,
            none_fits=False,
            memo="",
            by=study.anna,
        )
    for fits, code in ((True, late), (False, time)):
        coding.settle(
            session, wave=study.wave, source=one.source, key=one.key, code=code, fits=fits, reason="Zo.", by=study.anna
        )
    codebook.merge(session, code=late, into=time, by=study.anna)
    assert sorted((each.place[1], each.code) for each in found.codings(session, study.wave)) == sorted(
        [(one.key, "time"), (other.key, "time")]
    )
    assert [each.fits for each in found.resolutions(session, study.wave).values()] == [False]
    assert late.retired_at is not None
    assert below.parent_id == time.id
    for code, into, fault in ((time, time, "merge-with-itself"), (time, below, "merge-into-below")):
        with pytest.raises(InvalidContent, match=fault):
            codebook.merge(session, code=code, into=into, by=study.anna)
    with pytest.raises(WrongState, match="already-retired"):
        codebook.merge(session, code=slow, into=late, by=study.anna)


def test_a_file_is_let_in_whole_or_not_at_all(session: Session, study: Study) -> None:
    code = add(session, study)
    entries = [Entry("late", "Te laat", parent="time"), Entry("time", "Tempo")]
    numbers = codebook.let_in(
        session, evaluation=study.evaluation, content=written(entries).encode(), themes=THEMES, by=study.anna
    )
    assert numbers == (1, 1)
    assert [found.entry(each) for each in found.codes(session, study.evaluation)] == entries[::-1]
    assert code.version == 2
    with pytest.raises(codebook.FaultyFile) as refused:
        codebook.let_in(
            session, evaluation=study.evaluation, content=b"key,title\nnew,New\nX,\n", themes=THEMES, by=study.anna
        )
    assert [(one.line, one.code) for one in refused.value.problems] == [(3, "key-not-valid"), (3, "title-missing")]
    assert len(found.codes(session, study.evaluation)) == 2


def test_a_code_of_another_study_is_not_there(session: Session, study: Study) -> None:
    code = add(session, study)
    assert found.code(session, study.evaluation, code.id) is code
    code.evaluation_id += 1
    with pytest.raises(NotFound):
        found.code(session, study.evaluation, 4711)
    with session.no_autoflush, pytest.raises(NotFound):
        found.code(session, study.evaluation, code.id)
