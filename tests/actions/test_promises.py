"""Keeping what respondents were promised, word for word."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import promises
from surveyapp.models import PromiseText
from tests import cast


def test_a_promise_is_kept_once_per_wave_in_every_wording(session: Session) -> None:
    study = cast.study(session)
    other = cast.another_wave(session, study)
    texts = (("nl", "Niemand ziet uw naam."), ("nl", "Niemand ziet uw naam!"), ("en", "Nobody sees your name."))
    digests = [
        promises.keep(session, wave_id=wave.id, language=language, text=text)
        for wave in (study.wave, other.wave)
        for language, text in texts * 2
    ]
    assert len(set(digests)) == len(texts)
    kept = session.execute(select(PromiseText.wave_id, PromiseText.language, PromiseText.text)).all()
    expected = {(wave.id, *text) for wave in (study.wave, other.wave) for text in texts}
    assert sorted(map(tuple, kept)) == sorted(expected)
    assert session.get_one(PromiseText, (digests[2], study.wave.id)).text == "Nobody sees your name."
