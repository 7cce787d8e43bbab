"""Keeping what respondents were promised before the first question, word for word."""

import hashlib

from sqlalchemy.orm import Session

from surveyapp.models import PromiseText, upsert


def keep(session: Session, *, wave_id: int, language: str, text: str) -> str:
    """Keep a promise as it was read, once; returns its digest, which the response refers to."""
    digest = hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()
    row = {"digest": digest, "wave_id": wave_id, "language": language, "text": text}
    upsert.insert_missing(session, PromiseText, row)
    return digest
