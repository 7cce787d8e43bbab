"""What is filled in in a mail: of an invitee, of a colleague, of somebody of the staff, or as an example."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import delegations, invitations, reviews
from surveyapp.config import Settings
from surveyapp.errors import NotFound
from surveyapp.mail import words
from surveyapp.mail.message import Envelope, Letter, Mailbox
from surveyapp.mail.placeholders import fill
from surveyapp.models import Approval, Delegation, Invitation, Invitee, Membership, Reviewer, User, Wave
from surveyapp.queries import editions, evaluations, mail_texts
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, say

OPT_OUT: Final = "no-more-mail"
"""The end of the address where an invitee asks for no more mail."""


def of_invitee(session: Session, invitee: Invitee, purpose: str, settings: Settings) -> Letter:
    """The mail to an invitee. Here their link is derived: what comes out goes to them and nowhere else."""
    wave = invitee.wave
    language = mail_texts.spoken(wave, invitee.language)
    invitation = session.scalars(select(Invitation).where(Invitation.invitee_id == invitee.id)).one()
    link = f"{settings.base_url}/r/{invitations.token_for(invitation, settings.secret_key)}"
    own = {"name": invitee.name, "link": link, "opt_out": f"{link}/{OPT_OUT}"}
    values = (
        _of_study(session, wave, language, settings)
        | _place(session, wave, invitee.membership, invitee.role, language)
        | own
    )
    to = Mailbox(invitee.name, invitee.email)
    return _letter(session, wave, purpose, language, to, values, settings)


def of_colleague(session: Session, delegation: Delegation, settings: Settings) -> Letter:
    """The mail to somebody to whom a section was passed on; raises ``NotFound`` where nobody asks any more."""
    invitation = delegation.response.invitation
    if invitation is None or invitation.invitee is None:
        raise NotFound("delegation")
    wave, asker = invitation.wave, invitation.invitee
    language = mail_texts.spoken(wave, delegation.language)
    sections = _asked(session, wave).sections
    own = {
        "name": delegation.name,
        "from_name": asker.name,
        "section": next((say(each.title, language) for each in sections if each.key == delegation.section), ""),
        "link": f"{settings.base_url}/c/{delegations.token_for(delegation.id, settings.secret_key)}",
    }
    place = _place(session, wave, asker.membership, asker.role, language)
    own["section"] = fill(own["section"], place)
    to = Mailbox(delegation.name, delegation.email)
    values = _of_study(session, wave, language, settings) | place | own
    return _letter(session, wave, "delegation", language, to, values, settings)


def of_reader(session: Session, reader: Reviewer, purpose: str, settings: Settings) -> Letter:
    """The mail to who reads a draft, or the report of a conversation with them: their link is derived here, and nothing
    of the text is in it but its title."""
    review = reader.review
    language = mail_texts.spoken(review.wave, review.language)
    own = {
        "name": reader.name,
        "draft": review.title,
        "closes": words.moment(review.deadline, language),
        "link": f"{settings.base_url}/review/{reviews.token_for(reader, settings.secret_key)}",
    }
    values = _of_study(session, review.wave, language, settings) | own
    return _letter(session, review.wave, purpose, language, Mailbox(reader.name, reader.email), values, settings)


def of_user(user: User, token: str, expires_at: datetime, settings: Settings) -> Letter:
    """The mail with which somebody of the staff sets a password; ``token`` is that of a link for it."""
    site = urlsplit(settings.base_url).netloc
    values = {
        "name": user.name or user.email,
        "site": site,
        "link": f"{settings.base_url}/password/{token}",
        "closes": words.moment(expires_at, user.language),
    }
    return _to_staff(user, "account", site, values, settings)


def of_approval(approval: Approval, purpose: str, user: User, settings: Settings, *, until: datetime) -> Letter:
    """The mail that something waits for an approval (``approval``), or was decided on (``decision``): of which kind and
    in which study, and no more. Reason, names and decision are on the page that it leads to."""
    study = approval.evaluation
    title = say(study.title, user.language)
    values = {
        "name": user.name or user.email,
        "title": title,
        "act": words.label(f"act.{approval.act}", user.language),
        "link": f"{settings.base_url}/evaluations/{study.slug}/approvals/{approval.id}",
        "closes": words.moment(until, user.language),
    }
    return _to_staff(user, purpose, title, values, settings)


def example(
    session: Session,
    wave: Wave,
    purpose: str,
    language: str,
    settings: Settings,
    *,
    to: User,
    own: words.MailWords | None = None,
) -> Letter:
    """The mail as somebody would get it who does not exist, with a link that leads nowhere; to look at.

    ``own`` are words that were not kept yet.
    """
    labelled = words.label("example", language)
    link = f"{settings.base_url}/r/{labelled.lower()}"
    values = _of_study(session, wave, language, settings) | {
        "name": to.name or to.email,
        "from_name": labelled,
        "link": link,
        "opt_out": f"{link}/{OPT_OUT}",
        "organisation": labelled,
        "role": labelled,
        "section": labelled,
    }
    asked = _asked(session, wave)
    members = evaluations.memberships(session, wave.evaluation)
    if members:
        values |= _place(session, wave, members[0], asked.roles[0].key, language)
        values["section"] = fill(say(asked.sections[0].title, language), values)
    found = _letter(session, wave, purpose, language, Mailbox(to.name, to.email), values, settings)
    return found if own is None else replace(found, words=own)


def trial(session: Session, wave: Wave, purpose: str, language: str, settings: Settings, *, to: User) -> Letter:
    """The example as it is mailed to oneself: its subject says what it is."""
    found = example(session, wave, purpose, language, settings, to=to)
    subject = f"[{words.label('test', language)}] {found.words.subject}"
    return replace(found, words=words.MailWords(subject, found.words.body))


def _to_staff(user: User, purpose: str, heading: str, values: Mapping[str, str], settings: Settings) -> Letter:
    """In the name of the installation, in our own words."""
    envelope = Envelope(
        purpose=purpose,
        language=user.language,
        sender=Mailbox(urlsplit(settings.base_url).netloc, _sender(settings)),
        to=Mailbox(user.name, user.email),
        heading=heading,
        reply_to=Mailbox("", settings.contact) if settings.contact else None,
    )
    return Letter(words.shipped(purpose, user.language), envelope, values)


def _of_study(session: Session, wave: Wave, language: str, settings: Settings) -> dict[str, str]:
    study = wave.evaluation
    told = {"sender": wave.sender, "client": study.client}
    return told | {
        "title": say(study.title, language),
        "purpose": study.purpose.get(language) or study.purpose.get(DEFAULT_LANGUAGE, ""),
        "minutes": str(_asked(session, wave).minutes),
        "closes": words.moment(wave.closed_at or wave.closes_at, language),
        "promise": fill(words.promise(wave.regime, language), told),
        "privacy": evaluations.privacy_page(session, study, settings.base_url),
        "contact_name": wave.contact_name,
        "contact_email": wave.contact_email,
    }


def _place(session: Session, wave: Wave, membership: Membership, role: str, language: str) -> dict[str, str]:
    titled = _asked(session, wave).role(role).title
    return {"organisation": membership.organisation.name, "role": say(titled, language)}


def _asked(session: Session, wave: Wave) -> Questionnaire:
    return editions.by_digest(session, wave.edition_digest).questionnaire


def _letter(
    session: Session,
    wave: Wave,
    purpose: str,
    language: str,
    to: Mailbox,
    values: Mapping[str, str],
    settings: Settings,
) -> Letter:
    envelope = Envelope(
        purpose=purpose,
        language=language,
        sender=Mailbox(wave.sender, _sender(settings)),
        to=to,
        heading=values["title"],
        reply_to=Mailbox(wave.contact_name, wave.contact_email),
        opt_out=values.get("opt_out"),
    )
    return Letter(mail_texts.of(session, wave, purpose, language), envelope, values)


def _sender(settings: Settings) -> str:
    return settings.smtp.sender if settings.smtp is not None else ""
