"""The tables themselves refuse a response that tells more than its regime promises, or less than is needed."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveyapp.models import Invitation, OpenLink, Response, Wave
from surveyapp.models.response import random_id
from tests import cast
from tests.cast import Study

NOW: Final = datetime(2026, 5, 4, 12, tzinfo=UTC)
INVITED: Final = "invited"
"""Stands for the id of the invitation, known only once there is one."""

KNOWN_DRAFT: Final[dict[str, Any]] = {"invitation_id": INVITED, "submitted": False, "started_at": NOW}
KNOWN_SENT: Final = KNOWN_DRAFT | {"submitted": True, "submitted_at": NOW + timedelta(hours=1)}
EXCLUDED: Final = KNOWN_SENT | {"channel": "import", "excluded_at": NOW, "excluded_reason": "Twee keer ingevuld."}
ANONYMOUS_DRAFT: Final[dict[str, Any]] = {"invitation_id": INVITED, "submitted": False, "promise": "p"}
ANONYMOUS_SENT: Final[dict[str, Any]] = {"submitted": True}


def _add(session: Session, study: Study, values: dict[str, Any]) -> None:
    row = {
        "id": random_id(),
        "wave_id": study.wave.id,
        "regime": study.wave.regime,
        "membership_id": study.members[0].id,
        "role": "governor",
        "channel": "web",
    } | values
    if row.get("invitation_id") == INVITED:
        row["invitation_id"] = study.invite(session, "governor").id
    if row.get("entered_by") is True:
        row["entered_by"] = study.anna.id
    session.execute(insert(Response), row)


@pytest.mark.parametrize("regime", ["attributable", "confidential"])
@pytest.mark.parametrize(
    "row", [KNOWN_DRAFT, KNOWN_SENT, KNOWN_SENT | {"channel": "paper", "entered_by": True}, EXCLUDED]
)
def test_a_response_of_a_known_person_can_be_kept(session: Session, regime: str, row: dict[str, Any]) -> None:
    _add(session, cast.study(session, regime=regime), row)


@pytest.mark.parametrize("row", [ANONYMOUS_DRAFT, ANONYMOUS_SENT])
def test_a_response_of_nobody_can_be_kept(session: Session, row: dict[str, Any]) -> None:
    _add(session, cast.study(session, regime="anonymous"), row)


@pytest.mark.parametrize(
    ("why", "row"),
    [
        ("sent without a moment", KNOWN_SENT | {"submitted_at": None}),
        ("a draft with a moment of sending", KNOWN_DRAFT | {"submitted_at": NOW}),
        ("of nobody", KNOWN_SENT | {"invitation_id": None}),
        ("without a beginning", KNOWN_DRAFT | {"started_at": None}),
        ("sent before it was begun", KNOWN_SENT | {"submitted_at": NOW - timedelta(seconds=1)}),
        ("through an unknown channel", KNOWN_SENT | {"channel": "fax"}),
        ("excluded without a reason", KNOWN_SENT | {"excluded_at": NOW}),
        ("a reason without being excluded", KNOWN_SENT | {"excluded_reason": "Dubbel."}),
    ],
)
def test_a_contradictory_response_of_a_known_person_is_refused(session: Session, why: str, row: dict[str, Any]) -> None:
    study = cast.study(session)
    with pytest.raises(IntegrityError):
        _add(session, study, row)
    assert why


@pytest.mark.parametrize(
    ("why", "row"),
    [
        ("sent and knowing its invitation", ANONYMOUS_SENT | {"invitation_id": INVITED}),
        ("sent with the promise that was read", ANONYMOUS_SENT | {"promise": "p"}),
        ("sent at a moment", ANONYMOUS_SENT | {"submitted_at": NOW}),
        ("begun at a moment", ANONYMOUS_DRAFT | {"started_at": NOW}),
        ("sent, and begun at a moment", ANONYMOUS_SENT | {"started_at": NOW}),
        ("entered by a researcher", ANONYMOUS_SENT | {"entered_by": True}),
        ("on paper", ANONYMOUS_SENT | {"channel": "paper"}),
        ("excluded, so pointed at", ANONYMOUS_SENT | {"excluded_at": NOW, "excluded_reason": "Dubbel."}),
        ("imported", ANONYMOUS_SENT | {"channel": "import"}),
        ("a draft of nobody", ANONYMOUS_DRAFT | {"invitation_id": None}),
    ],
)
def test_an_anonymous_response_that_could_be_traced_is_refused(session: Session, why: str, row: dict[str, Any]) -> None:
    study = cast.study(session, regime="anonymous")
    with pytest.raises(IntegrityError):
        _add(session, study, row)
    assert why


def test_a_response_has_the_regime_of_its_wave_which_cannot_change_any_more(session: Session) -> None:
    study = cast.study(session)
    with pytest.raises(IntegrityError), session.begin_nested():
        _add(session, study, ANONYMOUS_SENT | {"regime": "anonymous"})
    _add(session, study, KNOWN_DRAFT)
    study.wave.regime = "anonymous"
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_invitation_has_one_response(session: Session) -> None:
    study = cast.study(session)
    invitation = study.invite(session, "governor")
    _add(session, study, KNOWN_DRAFT | {"invitation_id": invitation.id})
    with pytest.raises(IntegrityError):
        _add(session, study, KNOWN_DRAFT | {"invitation_id": invitation.id})


def test_a_wave_has_one_of_the_three_regimes(session: Session) -> None:
    study = cast.study(session)
    study.wave.regime = "secret"
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize(
    "fault", ["of nobody", "of two", "without a role", "without a place", "declared by an invitee"]
)
def test_an_invitation_is_of_an_invitee_or_of_somebody_who_says_who_they_are(session: Session, fault: str) -> None:
    study = cast.study(session)
    invitee_id = study.invite(session, "official").invitee_id
    link = OpenLink(wave=session.get_one(Wave, study.wave.id))
    session.add(link)
    session.flush()
    declared = {"declared_membership_id": study.members[0].id, "declared_role": "governor"}
    session.execute(insert(Invitation), {"open_link_id": link.id, "generation": 1, "repeated": False} | declared)
    session.delete(session.scalars(select(Invitation).where(Invitation.invitee_id == invitee_id)).one())
    session.flush()
    rows: dict[str, dict[str, Any]] = {
        "of nobody": {},
        "of two": {"invitee_id": invitee_id, "open_link_id": link.id, **declared},
        "without a role": {"open_link_id": link.id, **declared, "declared_role": None},
        "without a place": {"open_link_id": link.id, **declared, "declared_membership_id": None},
        "declared by an invitee": {"invitee_id": invitee_id, "declared_role": "governor"},
    }
    with pytest.raises(IntegrityError):
        session.execute(insert(Invitation), {"generation": 1, "repeated": False} | rows[fault])
