"""Count links: a link per organisation that shows its totals, made, renewed and withdrawn by the team."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import count_links
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import CountLink, Evaluation, Event
from surveyapp.queries import count_links as queries
from surveyapp.queries.tokens import token_hash
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def make(session: Session, study: Study, *members: int) -> list[CountLink]:
    return count_links.make(
        session,
        wave=study.wave,
        memberships=[study.members[member] for member in members],
        secret_key=cast.SECRET_KEY,
        by=study.anna,
    )


def organisation(session: Session, token: str) -> str | None:
    found = queries.by_token(session, token)
    return found.organisation if found is not None else None


def test_a_link_leads_to_its_organisation_and_only_its_hash_is_kept(session: Session, study: Study) -> None:
    almelo, borne = make(session, study, 0, 1)
    tokens = [count_links.token_of(link, cast.SECRET_KEY) for link in (almelo, borne)]
    assert [organisation(session, token) for token in tokens] == ["Almelo", "Borne"]
    assert [len(token) for token in tokens] == [22, 22]
    assert [link.token_hash for link in (almelo, borne)] == [token_hash(token) for token in tokens]
    assert organisation(session, "something else") is None


def test_who_has_a_link_keeps_it_when_others_get_one(session: Session, study: Study) -> None:
    (almelo,) = make(session, study, 0)
    assert [link.membership_id for link in make(session, study, 0, 1, 2)] == [each.id for each in study.members[1:]]
    assert almelo.generation == 1
    assert make(session, study, 0, 1, 2) == []


def test_a_new_address_ends_the_old_one(session: Session, study: Study) -> None:
    (link,) = make(session, study, 0)
    old = count_links.token_of(link, cast.SECRET_KEY)
    new = count_links.reissue(session, link=link, secret_key=cast.SECRET_KEY, by=study.anna)
    session.flush()
    assert [organisation(session, token) for token in (old, new)] == [None, "Almelo"]


def test_a_link_that_was_withdrawn_shows_nothing_and_a_new_one_has_another_address(
    session: Session, study: Study
) -> None:
    (link,) = make(session, study, 0)
    old = count_links.token_of(link, cast.SECRET_KEY)
    count_links.revoke(session, link=link, by=study.anna)
    session.flush()
    assert organisation(session, old) is None
    for verb in (
        lambda: count_links.revoke(session, link=link, by=study.anna),
        lambda: count_links.reissue(session, link=link, secret_key=cast.SECRET_KEY, by=study.anna),
    ):
        with pytest.raises(WrongState, match="count-link-ended"):
            verb()
    (again,) = make(session, study, 0)
    session.flush()
    assert again.id == link.id
    assert organisation(session, old) is None
    assert organisation(session, count_links.token_of(again, cast.SECRET_KEY)) == "Almelo"


def test_every_verb_is_in_the_log_without_the_address(session: Session, study: Study) -> None:
    (link,) = make(session, study, 0)
    count_links.reissue(session, link=link, secret_key=cast.SECRET_KEY, by=study.anna)
    count_links.revoke(session, link=link, by=study.anna)
    events = session.scalars(select(Event).where(Event.verb.startswith("count-link.")).order_by(Event.id)).all()
    assert [(event.verb, event.subject, event.actor_id, event.details) for event in events] == [
        (f"count-link.{verb}", f"count_link:{link.id}", study.anna.id, {}) for verb in ("make", "reissue", "revoke")
    ]


def test_an_organisation_of_another_study_gets_none(session: Session, study: Study) -> None:
    elsewhere = session.scalars(select(Evaluation).where(Evaluation.slug == "elders")).one()
    with pytest.raises(NotFound, match="membership-of-another-evaluation"):
        count_links.make(
            session, wave=study.wave, memberships=elsewhere.memberships, secret_key=cast.SECRET_KEY, by=study.anna
        )


def test_links_are_listed_by_organisation_and_found_in_their_own_wave_only(session: Session, study: Study) -> None:
    links = make(session, study, 0, 2)
    assert queries.of_wave(session, study.wave) == {link.membership_id: link for link in links}
    other = cast.another_wave(session, study)
    assert queries.of_wave(session, other.wave) == {}
    assert queries.by_id(session, study.wave, links[0].id) is links[0]
    assert queries.by_id(session, other.wave, links[0].id) is None
