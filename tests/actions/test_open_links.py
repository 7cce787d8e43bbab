"""Open links: for whom, how many may start, and that invited and open answers never mix."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import invitations, open_links, responses, waves
from surveyapp.errors import InvalidContent, NotFound, SurveyError, Unavailable, WrongState
from surveyapp.models import Event, Invitation, Invitee, Membership, OpenLink, Wave
from surveyapp.models.database import Database
from surveyapp.queries import evaluations, open_roles
from surveyapp.queries import invitations as invitation_queries
from surveyapp.queries import open_links as found
from tests import cast
from tests.actions.conftest import Time
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def add(
    session: Session, study: Study, role: str | None = "official", member: int | None = 0, most: int | None = None
) -> OpenLink:
    link, _token = open_links.add(
        session,
        wave=study.wave,
        membership=None if member is None else study.members[member],
        role=role,
        most=most,
        secret_key=cast.SECRET_KEY,
        by=study.anna,
    )
    return link


def start(
    session: Session, study: Study, link: OpenLink, role: str = "official", member: int = 0, *, repeated: bool = False
) -> tuple[Invitation, str]:
    return open_links.start(
        session,
        link=link,
        membership=study.members[member],
        role=role,
        repeated=repeated,
        secret_key=cast.SECRET_KEY,
    )


def test_who_follows_a_link_gets_a_personal_one_and_answers_as_everybody(session: Session, study: Study) -> None:
    link = add(session, study)
    invitation, token = start(session, study, link)
    invited = invitation_queries.by_token(session, token)
    assert invited is not None
    assert (invited.open_link_id, invited.role, invited.organisation) == (link.id, "official", "Almelo")
    response = responses.start(session, invitation=invitation)
    study.save(session, response, t1_1="4")
    study.submit(session, response)
    assert [(each.started, each.sent, each.repeated) for each in found.listed(session, study.wave)] == [(1, 1, 0)]


def test_the_token_is_derived_and_only_its_hash_is_stored(session: Session, study: Study) -> None:
    link = add(session, study)
    token = open_links.token_of(link, cast.SECRET_KEY)
    assert len(token) == 22
    assert token != open_links.token_of(link, "another key")
    assert link.token_hash == invitations.token_hash(token)
    assert found.by_token(session, token) is link
    _invitation, personal = start(session, study, link)
    assert personal != token


def test_reissuing_ends_the_address_and_revoking_ends_the_link(session: Session, study: Study) -> None:
    link = add(session, study)
    first = open_links.token_of(link, cast.SECRET_KEY)
    _invitation, personal = start(session, study, link)
    second = open_links.reissue(session, link=link, secret_key=cast.SECRET_KEY, by=study.anna)
    assert found.by_token(session, first) is None
    assert found.by_token(session, second) is link
    open_links.revoke(session, link=link, by=study.anna)
    assert found.by_token(session, second) is None
    with pytest.raises(WrongState, match="open-link-ended"):
        start(session, study, link)
    with pytest.raises(WrongState, match="open-link-ended"):
        open_links.reissue(session, link=link, secret_key=cast.SECRET_KEY, by=study.anna)
    assert invitation_queries.by_token(session, personal) is not None, "who has started can go on"


def test_what_is_done_with_a_link_is_logged_and_who_follows_it_is_not(session: Session, study: Study) -> None:
    link = add(session, study)
    start(session, study, link)
    open_links.reissue(session, link=link, secret_key=cast.SECRET_KEY, by=study.anna)
    open_links.revoke(session, link=link, by=study.anna)
    events = session.scalars(select(Event).where(Event.subject == f"open_link:{link.id}").order_by(Event.id)).all()
    assert [event.verb for event in events] == ["open-link.add", "open-link.reissue", "open-link.revoke"]
    assert {event.actor_id for event in events} == {study.anna.id}
    assert session.scalars(select(Event).order_by(Event.id.desc())).first() is events[-1]


def test_a_link_for_the_impossible_is_refused(session: Session, study: Study) -> None:
    for role, member, most, code in (
        ("king", 0, None, "unknown-role"),
        ("official", 0, 0, "most-impossible"),
        ("official", 0, -1, "most-impossible"),
        ("official", 0, 10**12, "most-impossible"),
    ):
        with pytest.raises(InvalidContent, match=code):
            add(session, study, role, member, most)
    add(session, study, None, None)
    with pytest.raises(InvalidContent, match="open-link-exists"):
        add(session, study, None, None)
    mine = study.members
    study.members = evaluations.memberships(session, evaluations.by_slug(session, "elders"))
    with pytest.raises(NotFound, match="membership-of-another-evaluation"):
        add(session, study)
    study.members = mine
    waves.close(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="wave-closed"):
        add(session, study, "governor", 1)


def test_a_role_is_either_invited_or_open(session: Session, study: Study) -> None:
    study.invite(session, "governor", member=1)
    with pytest.raises(InvalidContent, match="role-invited"):
        add(session, study, "governor", 0)
    add(session, study, "official", 0)
    with pytest.raises(InvalidContent, match="role-open"):
        study.invite(session, "official", member=2)
    study.invite(session, "governor")


def test_a_link_that_leaves_the_role_open_offers_the_roles_that_nobody_was_invited_in(
    session: Session, study: Study
) -> None:
    study.invite(session, "governor")
    link = add(session, study, None, None)
    offered = found.offered(session, link)
    assert [role.key for role in offered.roles] == ["official"]
    assert [member.organisation.name for member in offered.members] == ["Almelo", "Borne", "Enschede"]
    with pytest.raises(InvalidContent, match="role-not-open"):
        start(session, study, link, "governor")
    with pytest.raises(InvalidContent, match="role-open"):
        study.invite(session, "official")
    study.invite(session, "governor", member=1)
    another = cast.another_wave(session, study)
    for role in ("governor", "official"):
        another.invite(session, role)
    with pytest.raises(InvalidContent, match="no-open-role"):
        add(session, another, None, None)


def test_a_link_that_nobody_followed_leaves_its_role_free_again(session: Session, study: Study) -> None:
    open_links.revoke(session, link=add(session, study, "official"), by=study.anna)
    study.invite(session, "official")
    followed = add(session, study, None, 0)
    start(session, study, followed, "governor")
    open_links.revoke(session, link=followed, by=study.anna)
    with pytest.raises(InvalidContent, match="role-open"):
        study.invite(session, "governor")
    assert open_roles.of(session, study.wave).named == {"governor"}


def test_nobody_starts_for_another_role_or_place_than_the_link_is_for(session: Session, study: Study) -> None:
    link = add(session, study, "official", 0)
    with pytest.raises(InvalidContent, match="role-not-open"):
        start(session, study, link, "governor")
    with pytest.raises(InvalidContent, match="place-not-open"):
        start(session, study, link, "official", 1)
    study.members = evaluations.memberships(session, evaluations.by_slug(session, "elders"))
    with pytest.raises(InvalidContent, match="place-not-open"):
        start(session, study, link, "official", 0)
    assert link.started == 0


def test_nobody_starts_outside_the_period(session: Session, study: Study, time: Time) -> None:
    link = add(session, study)
    time.passes(days=-2)
    with pytest.raises(WrongState, match="wave-not-open"):
        start(session, study, link)
    time.passes(days=4)
    with pytest.raises(WrongState, match="wave-closed"):
        start(session, study, link)


def test_the_limit_counts_what_was_sent_and_not_what_was_begun(session: Session, study: Study) -> None:
    link = add(session, study, most=1)
    for _ in range(2):
        start(session, study, link)
    invitation, _token = start(session, study, link)
    response = responses.start(session, invitation=invitation)
    study.save(session, response, t1_1="4")
    study.submit(session, response)
    with pytest.raises(WrongState, match="open-link-full"):
        start(session, study, link)


def test_thirty_start_in_a_minute_and_the_next_minute_is_new(session: Session, study: Study, time: Time) -> None:
    link = add(session, study)
    time.moment = time.moment.replace(second=15)
    for _ in range(open_links.MOST_IN_A_MINUTE):
        start(session, study, link)
    with pytest.raises(Unavailable, match="too-many-starts") as refused:
        start(session, study, link)
    assert refused.value.details["seconds"] == 45
    other = add(session, study, "official", 1)
    start(session, study, other, "official", 1)
    time.passes(seconds=45)
    start(session, study, link)
    assert (link.started, link.started_in_minute) == (open_links.MOST_IN_A_MINUTE + 1, 1)


def test_who_start_at_the_same_moment_are_all_counted(database: Database, time: Time) -> None:
    with database.session() as session:
        study = cast.study(session)
        number = add(session, study).id
        place = study.members[0].id
        session.commit()
    time.moment = time.moment.replace(second=1)

    def come(_: int) -> bool:
        with database.session() as session:
            try:
                open_links.start(
                    session,
                    link=session.get_one(OpenLink, number),
                    membership=session.get_one(Membership, place),
                    role="official",
                    repeated=False,
                    secret_key=cast.SECRET_KEY,
                )
            except Unavailable:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(8) as people:
        let_in = sum(people.map(come, range(open_links.MOST_IN_A_MINUTE + 10)))
    assert let_in == open_links.MOST_IN_A_MINUTE
    with database.session(readonly=True) as session:
        wave = session.get_one(OpenLink, number).wave
        assert [each.started for each in found.listed(session, wave)] == [open_links.MOST_IN_A_MINUTE]


ROLES = st.sampled_from(["governor", "official"])
PLACES = st.integers(0, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("invite"), ROLES, PLACES),
        st.tuples(st.just("add"), st.none() | ROLES, st.none() | PLACES),
        st.tuples(st.just("start"), ROLES, PLACES),
        st.tuples(st.just("revoke"), st.none() | ROLES, PLACES),
    ),
    max_size=14,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_no_order_of_links_and_invitations_mixes_invited_and_open_answers(
    database: Database, steps: list[tuple[str, str | None, int | None]]
) -> None:
    with database.session() as session:
        study = cast.study(session, commit=False)
        for verb, role, place in steps:
            try:
                _do(session, study, verb, role, place)
            except SurveyError:
                continue
        assert _invited(session, study.wave).isdisjoint(_came_open(session, study.wave))
        opened = open_roles.of(session, study.wave)
        assert not any(role in opened for role in _invited(session, study.wave))
        assert all(role in opened for role in _came_open(session, study.wave))


def _do(session: Session, study: Study, verb: str, role: str | None, place: int | None) -> None:
    links = [each.link for each in found.listed(session, study.wave) if each.link.role in {None, role}]
    if verb == "add":
        add(session, study, role, place)
    elif verb == "invite" and role is not None:
        study.invite(session, role, member=place or 0)
    elif verb == "start" and role is not None:
        for link in links:
            start(session, study, link, role, place or 0)
    elif verb == "revoke":
        for link in links:
            open_links.revoke(session, link=link, by=study.anna)


def _invited(session: Session, wave: Wave) -> set[str]:
    return set(session.scalars(select(Invitee.role).where(Invitee.wave_id == wave.id)))


def _came_open(session: Session, wave: Wave) -> set[str]:
    links = select(OpenLink.id).where(OpenLink.wave_id == wave.id)
    said = session.scalars(select(Invitation.declared_role).where(Invitation.open_link_id.in_(links)))
    return {role for role in said if role is not None}
