"""Who comes from an identity provider: linked once by a verified address, with the rights that groups give now."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import PROJECT_LEAD, RESEARCHER
from surveyapp.actions import identities, users
from surveyapp.actions.sign_ins import SignedIn
from surveyapp.errors import NotAllowed
from surveyapp.models import Evaluation, Event, Grant, Identity, User
from surveyapp.queries import users as queries
from tests.cast import Study, study

ISSUER = "https://login.example"
MAPPING = {
    "onderzoek": ("researcher", "samen"),
    "leiding": ("project_lead", "samen"),
    "elders": ("researcher", "elders"),
    "beheer": ("owner", ""),
    "weg": ("researcher", "gone"),
}


@pytest.fixture
def mine(session: Session) -> Study:
    return study(session)


def come_in(
    session: Session,
    subject: str = "b-1",
    *,
    email: str = "",
    groups: Sequence[str] = (),
    second_factor: bool = False,
) -> SignedIn:
    return identities.come_in(
        session,
        issuer=ISSUER,
        subject=subject,
        email=email,
        name="Bram",
        groups=groups,
        mapping=MAPPING,
        second_factor=second_factor,
    )


def refused(session: Session, code: str, **who: object) -> None:
    with pytest.raises(NotAllowed) as problem:
        come_in(session, **who)  # type: ignore[arg-type]
    assert problem.value.code == code


def rights(session: Session, user: User) -> set[tuple[str, str, str]]:
    rows = session.execute(
        select(Grant.role, Evaluation.slug, Grant.source).outerjoin(Evaluation, Grant.evaluation_id == Evaluation.id)
        .where(Grant.user_id == user.id)
    )  # fmt: skip
    return {(role, slug or "", source) for role, slug, source in rows}


def test_who_was_invited_is_linked_by_the_verified_address_and_from_then_on_by_subject(
    session: Session, mine: Study
) -> None:
    first = come_in(session, email="Anna@Bureau.example")
    assert first.user.id == mine.anna.id
    assert first.token is not None
    again = come_in(session, email="elders@elders.example")
    assert again.user.id == mine.anna.id
    assert session.scalars(select(Identity.subject)).all() == ["b-1"]


def test_who_was_not_invited_and_is_in_no_group_of_ours_has_no_right_yet(session: Session, mine: Study) -> None:
    assert mine.anna.id
    refused(session, "no-right-yet", email="bram@almelo.example", groups=["voetbal", "weg"])
    refused(session, "no-right-yet", groups=["onderzoek"])
    assert session.scalars(select(Identity)).all() == []


def test_a_group_makes_an_account_with_its_right(session: Session, mine: Study) -> None:
    entered = come_in(session, email="bram@almelo.example", groups=["onderzoek"])
    assert rights(session, entered.user) == {("researcher", mine.evaluation.slug, "group")}
    assert entered.user.password_hash is None


def test_rights_of_groups_come_and_go_and_those_that_a_colleague_gave_stay(session: Session, mine: Study) -> None:
    bram = users.create(session, email="bram@almelo.example", name="Bram", by=None)
    users.grant(session, user=bram, role=PROJECT_LEAD.name, evaluation=mine.evaluation, by=None)
    come_in(session, email="bram@almelo.example", groups=["onderzoek", "leiding", "elders"])
    assert rights(session, bram) == {
        ("project_lead", "samen", "hand"),
        ("researcher", "samen", "group"),
        ("researcher", "elders", "group"),
    }
    come_in(session, groups=["elders"])
    assert rights(session, bram) == {("project_lead", "samen", "hand"), ("researcher", "elders", "group")}
    come_in(session)
    assert rights(session, bram) == {("project_lead", "samen", "hand")}
    taken = session.scalars(select(Event.verb).where(Event.verb == "user.take-away")).all()
    assert len(taken) == 2


def test_what_a_colleague_gives_besides_a_group_stays_when_the_group_goes(session: Session, mine: Study) -> None:
    bram = come_in(session, email="bram@almelo.example", groups=["onderzoek"]).user
    users.grant(session, user=bram, role=RESEARCHER.name, evaluation=mine.evaluation, by=mine.anna)
    come_in(session)
    assert rights(session, bram) == {("researcher", "samen", "hand")}


def test_the_last_owner_stays_one(session: Session, mine: Study) -> None:
    assert mine.anna.id
    bram = come_in(session, email="bram@almelo.example", groups=["beheer"]).user
    come_in(session)
    assert rights(session, bram) == {("owner", "", "group")}
    users.make_owner(session, email="carla@almelo.example")
    come_in(session)
    assert rights(session, bram) == set()


def test_an_account_belongs_to_one_identity_of_a_provider(session: Session, mine: Study) -> None:
    come_in(session, email="anna@bureau.example")
    refused(session, "identity-taken", subject="b-2", email="anna@bureau.example")
    assert session.scalars(select(Identity.user_id)).all() == [mine.anna.id]


def test_an_account_that_lets_nobody_in_lets_nobody_in_this_way(session: Session, mine: Study) -> None:
    come_in(session, email="anna@bureau.example")
    users.make_owner(session, email="carla@almelo.example")
    users.disable(session, user=mine.anna, by=None)
    refused(session, "account-disabled")


def test_who_has_a_second_factor_here_needs_it_unless_the_provider_vouches_for_one(
    session: Session, mine: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mine.anna.id
    monkeypatch.setattr(queries, "has_second_factor", lambda _session, _user: True)
    assert come_in(session, email="anna@bureau.example").token is None
    assert come_in(session, second_factor=True).token is not None
