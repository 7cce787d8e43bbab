"""Beginning a study, and who takes part."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.access import MUNICIPALITY_READER, OWNER, Permission, Scope, may
from surveyapp.actions import evaluations, organisations, responses, trials, users, waves
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.queries import evaluations as found
from surveyapp.queries import invitations as found_invitations
from tests import cast
from tests.actions import setting_up
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


@pytest.mark.parametrize("slug", ["", "Samen", "a b", "-a", "a--b", "a/b", "x" * 81])
def test_a_study_needs_a_name_that_fits_in_an_address(session: Session, slug: str) -> None:
    with pytest.raises(InvalidContent, match="unusable-slug"):
        evaluations.create(session, slug=slug, title={"nl": "X"}, client="C", by=None)


@pytest.mark.usefixtures("study")
def test_a_study_needs_a_dutch_title_and_a_name_of_its_own(session: Session) -> None:
    with pytest.raises(InvalidContent, match="title-missing"):
        evaluations.create(session, slug="new", title={"en": "New"}, client="C", by=None)
    with pytest.raises(WrongState, match="slug-taken"):
        evaluations.create(session, slug="samen", title={"nl": "X"}, client="C", by=None)


def test_organisations_take_part_in_the_order_in_which_they_were_added_and_once(session: Session, study: Study) -> None:
    assert [member.organisation.code for member in found.memberships(session, study.evaluation)] == [
        code for code, _ in cast.PLACES
    ]
    with pytest.raises(WrongState, match="already-member"):
        evaluations.add_organisation(
            session, evaluation=study.evaluation, organisation=study.members[0].organisation, by=None
        )


def test_who_may_begin_studies_may_set_theirs_up_and_others_get_no_right(session: Session) -> None:
    owner = users.create(session, email="o@bureau.example", name="O", by=None)
    users.grant(session, user=owner, role=OWNER.name, by=None)
    dirk = users.create(session, email="dirk@elders.example", name="Dirk", by=None)
    for number, user in enumerate((owner, dirk)):
        made = evaluations.create(session, slug=f"nieuw-{number}", title={"nl": "X"}, client="C", by=user)
        assert may(user, Permission.EVALUATION_SET_UP, Scope(made.id)) is (user is owner)


def test_a_study_can_be_worded_anew_and_is_renamed_only_before_it_opens(session: Session, study: Study) -> None:
    evaluations.change(session, evaluation=study.evaluation, title={"nl": "Beter"}, purpose={"nl": "P"}, by=study.anna)
    assert (study.evaluation.title, study.evaluation.purpose) == ({"nl": "Beter"}, {"nl": "P"})
    evaluations.change(session, evaluation=study.evaluation, slug="samen", client=" Regio ", by=study.anna)
    with pytest.raises(WrongState, match="study-frozen"):
        evaluations.change(session, evaluation=study.evaluation, slug="anders", by=study.anna)
    with pytest.raises(WrongState, match="study-frozen"):
        evaluations.change(session, evaluation=study.evaluation, client="Een ander", by=study.anna)
    with pytest.raises(InvalidContent, match="title-missing"):
        evaluations.change(session, evaluation=study.evaluation, title={"en": "X"}, by=study.anna)


def test_renaming_keeps_names_apart(session: Session, study: Study) -> None:
    made = evaluations.create(session, slug="nieuw", title={"nl": "X"}, client="C", by=study.anna)
    with pytest.raises(WrongState, match="slug-taken"):
        evaluations.change(session, evaluation=made, slug="samen", by=study.anna)
    evaluations.change(session, evaluation=made, slug="anders", by=study.anna)
    assert found.by_slug(session, "anders") is made


def test_organisations_stand_once_a_wave_opened_and_can_change_for_the_next(session: Session, study: Study) -> None:
    newcomer = organisations.add(session, code="OZJT", name="OZJT", kind="region_body", by=None)
    with pytest.raises(WrongState, match="organisations-frozen"):
        evaluations.add_organisation(session, evaluation=study.evaluation, organisation=newcomer, by=None)
    with pytest.raises(WrongState, match="organisations-frozen"):
        evaluations.remove_organisation(session, membership=study.members[2], by=None)
    waves.draft(session, evaluation=study.evaluation, edition=cast.edition(), by=study.anna)
    added = evaluations.add_organisation(session, evaluation=study.evaluation, organisation=newcomer, by=None)
    evaluations.remove_organisation(session, membership=added, by=None)
    assert len(found.memberships(session, study.evaluation)) == 3


def test_an_organisation_of_which_anything_is_kept_cannot_be_removed(session: Session) -> None:
    draft = setting_up.begin(session)
    (invited,) = draft.invite(session, "governor")
    with pytest.raises(WrongState, match="organisation-in-use"):
        evaluations.remove_organisation(session, membership=draft.members[0], by=None)
    reader = users.create(session, email="r@borne.example", name="R", by=None)
    users.grant(session, user=reader, role=MUNICIPALITY_READER.name, membership=draft.members[1], by=None)
    with pytest.raises(WrongState, match="organisation-in-use"):
        evaluations.remove_organisation(session, membership=draft.members[1], by=None)
    waves.open(session, wave=draft.wave, by=None)
    response = responses.start(session, invitation=invited)
    assert response.membership_id == draft.members[0].id


def test_an_organisation_that_was_only_tried_is_removed_with_its_tests(session: Session) -> None:
    draft = setting_up.begin(session)
    token = trials.join(
        session, wave=draft.wave, membership=draft.members[0], role="governor", language="nl",
        secret_key=cast.SECRET_KEY, by=draft.anna,
    )  # fmt: skip
    tried = found_invitations.by_token(session, token)
    assert tried is not None
    responses.start(session, invitation=found_invitations.to_start(session, tried.id))
    evaluations.remove_organisation(session, membership=draft.members[0], by=draft.anna)
    assert [member.organisation.code for member in found.memberships(session, draft.evaluation)] == ["GM0147"]
    assert found_invitations.by_token(session, token) is None
    session.commit()


def test_an_order_names_every_organisation_once(session: Session, study: Study) -> None:
    evaluations.reorder(session, evaluation=study.evaluation, members=study.members[::-1], by=study.anna)
    session.expire_all()
    assert found.memberships(session, study.evaluation) == study.members[::-1]
    for wrong in (study.members[:2], [*study.members[:2], study.members[0]], []):
        with pytest.raises(InvalidContent, match="not-the-same-organisations"):
            evaluations.reorder(session, evaluation=study.evaluation, members=wrong, by=study.anna)
