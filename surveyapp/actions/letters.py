"""Letters with personal links: asking for a file of them, making it, opening it.

A link is a secret that the database never holds. So what waits there is of whom letters were asked, by number; the file
that a worker made of it is sealed with the server's key, and is thrown away within the hour.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import jobs, log, sealing, tokens
from surveyapp.errors import NotFound, WrongState
from surveyapp.mail.words import label
from surveyapp.models import Evaluation, Rendering, User, Wave, upsert
from surveyapp.queries import editions, evaluations
from surveyapp.queries import letters as queries
from surveyapp.queries.letters import Addressee
from surveyapp.questionnaires.text import say
from surveyapp.reports.letter import FOLDER, Letter, Letters, Promised, Wanted
from surveyapp.reports.markdown import line_of
from surveyapp.reports.wording import wording

KIND: Final = "letters"
AUDIENCE: Final = "team"
KEPT: Final = timedelta(hours=1)
IN_ONE_FILE: Final = 250
"""More makes a file that is awkward to print."""


def ask(
    session: Session,
    *,
    wave: Wave,
    addressees: Sequence[Addressee],
    promises: Sequence[Promised],
    language: str,
    once: str,
    by: User | None,
) -> int:
    """Let a worker print a letter to each; returns into how many files. Asked again with the same ``once``, nothing
    more happens.

    Raises ``WrongState``: ``nobody-to-write-to``, ``wave-not-ready`` or ``wave-closed``.
    """
    must_be_ready(wave)
    if not addressees:
        raise WrongState("nobody-to-write-to")
    numbers = [addressee.invitation_id for addressee in addressees]
    title = line_of(wording(FOLDER, language).block("title", study=say(wave.evaluation.title, language)))
    parts = [numbers[first : first + IN_ONE_FILE] for first in range(0, len(numbers), IN_ONE_FILE)]
    is_new = False
    for part, invitations in enumerate(parts):
        wanted = Wanted(
            wave=wave.id, title=title, language=language, invitations=tuple(invitations), promises=tuple(promises)
        )
        digest = hashlib.sha256(f"{wave.id}:{once}:{part}".encode()).hexdigest()
        is_new = _ask_for_part(session, wave.evaluation, wanted, digest) or is_new
    if is_new:
        log.record(session, verb="letters.make", subject=wave, by=by, evaluation=wave.evaluation, letters=len(numbers))
    return len(parts)


def must_be_ready(wave: Wave) -> None:
    """Raise ``WrongState`` unless links of this wave work or will: ``wave-not-ready``, ``wave-closed``."""
    state = wave.state_at(clock.now())
    if state == "draft":
        raise WrongState("wave-not-ready")
    if state == "closed":
        raise WrongState("wave-closed")


def compose(session: Session, *, rendering: Rendering, secret_key: str, base_url: str) -> Letters:
    """The letters of a file that was asked for, to print at once: here the links are derived.

    Who answered or was taken out in the meantime gets none. Raises ``WrongState`` (``nobody-to-write-to``).
    """
    wanted = Wanted.from_document(rendering.specification)
    wave = session.get_one(Wave, wanted.wave)
    addressees = queries.still_wanted(session, wave, wanted.invitations)
    if not addressees:
        raise WrongState("nobody-to-write-to")
    privacy = evaluations.privacy_page(session, wave.evaluation, base_url)
    return Letters(
        title=wanted.title,
        language=wanted.language,
        letters=tuple(
            _letter(session, wave, wanted, addressee, link=link(addressee, secret_key, base_url), privacy=privacy)
            for addressee in addressees
        ),
    )


def example(session: Session, *, wave: Wave, language: str, promised: Promised, base_url: str) -> Letters:
    """A letter to somebody who does not exist, with a link that leads nowhere; to look at."""
    questionnaire = editions.by_digest(session, wave.edition_digest).questionnaire
    members = evaluations.memberships(session, wave.evaluation)
    labelled = label("example", language)
    somebody = Addressee(
        invitation_id=0,
        generation=0,
        invitee_id=0,
        name=labelled,
        role=questionnaire.roles[0].key,
        language=language,
        organisation=members[0].organisation.name if members else labelled,
        organisation_kind=promised.organisation_kind,
    )
    wanted = Wanted(wave=wave.id, title=labelled, language=language, invitations=(), promises=(promised,))
    privacy = evaluations.privacy_page(session, wave.evaluation, base_url)
    letter = _letter(session, wave, wanted, somebody, link=f"{base_url}/r/{labelled.lower()}", privacy=privacy)
    return Letters(title=labelled, language=language, letters=(letter,))


def store(session: Session, *, rendering: Rendering, content: bytes, media_type: str, secret_key: str) -> None:
    """Keep what was printed, sealed."""
    rendering.media_type = media_type
    rendering.content = sealing.seal_bytes(content, secret_key=secret_key, purpose=KIND, whose=rendering.digest)
    session.flush()


def opened(rendering: Rendering, secret_key: str) -> bytes:
    """The file itself; raises ``NotFound`` while there is none, or where it was sealed with another key."""
    kept = rendering.content
    made = kept and sealing.unseal_bytes(kept, secret_key=secret_key, purpose=KIND, whose=rendering.digest)
    if not made:
        raise NotFound("letters")
    return made


def discard(session: Session, *, evaluation: Evaluation) -> None:
    """Throw away every file of letters of a study, as when somebody in it is erased. It is no act of its own."""
    session.execute(delete(Rendering).where(Rendering.evaluation_id == evaluation.id, Rendering.kind == KIND))


def link(addressee: Addressee, secret_key: str, base_url: str) -> str:
    """Somebody's personal link, derived."""
    token = tokens.derived(secret_key, "invitation", addressee.invitation_id, addressee.generation)
    return f"{base_url}/r/{token}"


def _ask_for_part(session: Session, evaluation: Evaluation, wanted: Wanted, digest: str) -> bool:
    moment = clock.now()
    row = {
        "evaluation_id": evaluation.id,
        "digest": digest,
        "audience": AUDIENCE,
        "expires_at": moment + KEPT,
        "kind": KIND,
        "specification": wanted.to_document(),
        "requested_at": moment,
    }
    if not upsert.insert_missing(session, Rendering, row):
        return False
    number = session.scalars(
        select(Rendering.id).where(Rendering.evaluation_id == evaluation.id, Rendering.digest == digest)
    ).one()
    jobs.enqueue(session, kind=KIND, rendering=number)
    return True


def _letter(session: Session, wave: Wave, wanted: Wanted, addressee: Addressee, *, link: str, privacy: str) -> Letter:
    language = spoken(wave, addressee)
    questionnaire = editions.by_digest(session, wave.edition_digest).questionnaire
    told = wanted.promise(language, addressee.organisation_kind).to(addressee.organisation)
    return Letter(
        language=language,
        name=addressee.name,
        organisation=addressee.organisation,
        role=say(questionnaire.role(addressee.role).title, language),
        study=say(wave.evaluation.title, language),
        client=wave.evaluation.client,
        sender=wave.sender,
        minutes=questionnaire.minutes,
        written_at=clock.now(),
        closes_at=wave.closes_at,
        contact_name=wave.contact_name,
        contact_email=wave.contact_email,
        privacy=privacy,
        link=link,
        summary=told.summary,
        audiences=told.audiences,
    )


def spoken(wave: Wave, addressee: Addressee) -> str:
    """In which language somebody is written to: their own, as far as the wave speaks it."""
    return addressee.language if addressee.language in wave.languages else wave.languages[0]
