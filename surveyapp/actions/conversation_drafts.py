"""The verb on the report of a conversation while it is written: kept as often as one likes; ``reviews`` freezes it."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import ConversationDraft, Interview, User, upsert

LONGEST_PARAGRAPH: Final = 20_000


def keep(session: Session, *, interview: Interview, texts: Mapping[str, str], version: int, by: User) -> int:
    """Keep the text of every topic; ``version`` is the one that it was changed from, 0 for the first. Says under which
    it is kept.

    Raises ``InvalidContent`` (``paragraph-too-long``) and ``WrongState`` (``draft-changed-elsewhere``): then nothing is
    kept.
    """
    if any(len(text) > LONGEST_PARAGRAPH for text in texts.values()):
        raise InvalidContent("paragraph-too-long", most=LONGEST_PARAGRAPH)
    found = session.get(ConversationDraft, interview.id)
    if found is not None and (found.version, found.texts) == (version, dict(texts)):
        return version
    kept = {"texts": dict(texts), "version": version + 1, "saved_by": by.id, "saved_at": clock.now()}
    if version == 0:
        is_kept = upsert.insert_missing(session, ConversationDraft, {"interview_id": interview.id, **kept})
    else:
        same = (ConversationDraft.interview_id == interview.id, ConversationDraft.version == version)
        changed = update(ConversationDraft).where(*same).values(**kept).returning(ConversationDraft.interview_id)
        is_kept = session.scalar(changed) is not None
    if not is_kept:
        raise WrongState("draft-changed-elsewhere")
    if found is not None:
        session.expire(found)
    log.record(session, verb="conversation.write", subject=interview, by=by, evaluation=interview.wave.evaluation)
    return version + 1
