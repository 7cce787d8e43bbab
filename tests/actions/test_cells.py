"""In an anonymous wave answers are kept per organisation in groups of at least five people invited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import cells
from surveyapp.actions.cells import LEAST, Group, Place
from surveyapp.errors import InvalidContent, TooFew, WrongState
from surveyapp.models import Invitation, MergedRole
from tests import cast
from tests.effort import tries

ORDER = ("governor", "official", "provider", "resident")


def _of(**invited: int) -> dict[Place, int]:
    return {(1, role): count for role, count in invited.items()}


def _groups(kept: dict[Place, str]) -> dict[str, str]:
    return {role: kept_as for (_membership, role), kept_as in kept.items()}


def test_a_role_with_enough_people_stays_by_itself() -> None:
    kept = cells.cells(_of(governor=5, official=9), LEAST, ORDER)
    assert _groups(kept) == {"governor": "governor", "official": "official"}


def test_small_roles_are_put_together_smallest_first_until_there_are_enough() -> None:
    kept = cells.cells(_of(governor=1, official=4, provider=2, resident=20), LEAST, ORDER)
    assert _groups(kept) == {
        "governor": "governor__official__provider",
        "provider": "governor__official__provider",
        "official": "governor__official__provider",
        "resident": "resident",
    }


def test_what_is_left_over_joins_the_smallest_group() -> None:
    kept = cells.cells(_of(governor=2, official=3, provider=4), LEAST, ORDER)
    assert set(kept.values()) == {"governor__official__provider"}


def test_the_joined_key_follows_the_questionnaire_and_not_the_sizes() -> None:
    kept = cells.cells(_of(official=1, governor=4), LEAST, ORDER)
    assert set(kept.values()) == {"governor__official"}


def test_each_organisation_has_groups_of_its_own() -> None:
    kept = cells.cells({(1, "governor"): 1, (1, "official"): 4, (2, "governor"): 5}, LEAST, ORDER)
    assert kept[1, "governor"] == "governor__official"
    assert kept[2, "governor"] == "governor"


def test_organisations_with_too_few_people_are_named_all_at_once() -> None:
    with pytest.raises(TooFew, match="too-few-invited") as refused:
        cells.cells({(1, "governor"): 4, (2, "official"): 5, (3, "official"): 1}, LEAST, ORDER)
    assert refused.value.details["memberships"] == "1, 3"


_INVITED = st.dictionaries(st.tuples(st.integers(1, 3), st.sampled_from(ORDER)), st.integers(1, 9), min_size=1)


@given(_INVITED, st.integers(2, 7))
@tries(200)
def test_every_group_has_enough_people_and_holds_each_role_once(invited: dict[Place, int], least: int) -> None:
    if cells.too_few(invited, least):
        with pytest.raises(TooFew):
            cells.cells(invited, least, ORDER)
        return
    kept = cells.cells(invited, least, ORDER)
    assert kept.keys() == invited.keys()
    sizes: dict[Place, int] = {}
    for (membership, role), kept_as in kept.items():
        sizes[membership, kept_as] = sizes.get((membership, kept_as), 0) + invited[membership, role]
    assert min(sizes.values()) >= least


@given(_INVITED)
@tries(100)
def test_a_group_takes_no_more_roles_than_it_needs_but_for_what_was_left_over(invited: dict[Place, int]) -> None:
    """Without its largest role a group has too few people; what was left over is too few as well."""
    if cells.too_few(invited):
        return
    kept = cells.cells(invited, LEAST, ORDER)
    for (membership, _kept_as), roles in _members(kept).items():
        largest = max(invited[membership, role] for role in roles)
        rest = sum(invited[membership, role] for role in roles) - largest
        assert rest < 2 * LEAST


@given(_INVITED, st.randoms())
@tries(50)
def test_the_same_numbers_always_give_the_same_groups(invited: dict[Place, int], chance: object) -> None:
    shuffled = list(invited.items())
    getattr(chance, "shuffle")(shuffled)  # noqa: B009 - hypothesis types it as an object
    if not cells.too_few(invited):
        assert cells.cells(dict(shuffled), LEAST, ORDER) == cells.cells(invited, LEAST, ORDER)


def _members(kept: dict[Place, str]) -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = {}
    for (membership, role), kept_as in kept.items():
        found.setdefault((membership, kept_as), []).append(role)
    return found


# --- in a wave ----------------------------------------------------------------------------------------------------


@pytest.fixture
def study(session: Session) -> cast.Study:
    return cast.study(session, regime="anonymous")


def _invite(session: Session, study: cast.Study, *, governors: int, officials: int, member: int = 0) -> None:
    for role, number in (("governor", governors), ("official", officials)):
        for _ in range(number):
            study.invite(session, role, member=member)


def _stored(session: Session) -> dict[tuple[int, str], str]:
    rows = session.scalars(select(MergedRole))
    return {(row.membership_id, row.role): row.kept_as for row in rows}


def test_the_groups_are_fixed_once_however_many_are_invited_later(session: Session, study: cast.Study) -> None:
    _invite(session, study, governors=1, officials=4)
    cells.fix(session, wave=study.wave)
    fixed = _stored(session)
    almelo = study.members[0].id
    assert fixed == {(almelo, "governor"): "governor__official", (almelo, "official"): "governor__official"}
    _invite(session, study, governors=5, officials=5)
    cells.fix(session, wave=study.wave)
    assert _stored(session) == fixed


def test_a_wave_of_another_regime_merges_nothing(session: Session) -> None:
    study = cast.study(session)
    _invite(session, study, governors=1, officials=1)
    cells.fix(session, wave=study.wave)
    assert _stored(session) == {}
    assert not cells.fixed(session, study.wave)


def test_an_organisation_with_too_few_people_keeps_the_wave_from_beginning(session: Session, study: cast.Study) -> None:
    _invite(session, study, governors=1, officials=4)
    _invite(session, study, governors=1, officials=3, member=1)
    assert cells.organisations_too_small(session, study.wave) == ("GM0147",)
    with pytest.raises(TooFew, match="too-few-invited") as refused:
        cells.fix(session, wave=study.wave)
    assert refused.value.details == {"organisations": "GM0147", "least": 5}
    assert _stored(session) == {}


def test_a_withdrawn_invitation_is_nobody_to_hide_among(session: Session, study: cast.Study) -> None:
    _invite(session, study, governors=1, officials=4)
    session.scalars(select(Invitation).where(Invitation.invitee.has(wave_id=study.wave.id))).first().revoked_at = (  # type: ignore[union-attr]
        clock.now()
    )
    session.flush()
    assert cells.organisations_too_small(session, study.wave) == ("GM0141",)


def test_after_the_first_has_begun_only_a_group_that_is_there_takes_another_person(
    session: Session, study: cast.Study
) -> None:
    _invite(session, study, governors=0, officials=5)
    study.invite(session, "official")
    cells.fix(session, wave=study.wave)
    study.invite(session, "official")
    with pytest.raises(WrongState, match="group-not-there") as refused:
        study.invite(session, "governor")
    assert refused.value.details == {"organisation": "GM0141", "role": "governor"}
    with pytest.raises(WrongState, match="group-not-there"):
        study.invite(session, "official", member=1)


def test_a_merged_role_is_none_that_somebody_can_be_invited_in(session: Session, study: cast.Study) -> None:
    _invite(session, study, governors=1, officials=4)
    cells.fix(session, wave=study.wave)
    with pytest.raises(InvalidContent, match="unknown-role"):
        study.invite(session, "governor__official")


def test_a_respondent_can_be_told_the_group_before_and_after_it_is_fixed(session: Session, study: cast.Study) -> None:
    _invite(session, study, governors=1, officials=4)
    place = {"wave_id": study.wave.id, "membership_id": study.members[0].id}
    together = Group("governor__official", ("governor", "official"), 5)
    assert cells.group(session, **place, role="governor") == together
    cells.fix(session, wave=study.wave)
    assert cells.group(session, **place, role="official") == together
    study.invite(session, "official")
    assert cells.group(session, **place, role="governor") == Group("governor__official", ("governor", "official"), 6)


def test_there_is_no_group_where_too_few_or_nobody_is_invited(session: Session, study: cast.Study) -> None:
    _invite(session, study, governors=1, officials=1)
    place = {"wave_id": study.wave.id, "membership_id": study.members[0].id}
    assert cells.group(session, **place, role="governor") is None
    place["membership_id"] = study.members[1].id
    assert cells.group(session, **place, role="governor") is None


def test_roles_whose_joined_key_says_too_much_or_too_little_are_refused(session: Session) -> None:
    document = cast.edition().model_dump(mode="json", by_alias=True)
    document["questionnaire"]["roles"] = [
        {**role, "key": key}
        for role, key in zip(document["questionnaire"]["roles"] * 2, ("a", "b", "a__b"), strict=False)
    ]
    for section in document["questionnaire"]["sections"]:
        for question in section["questions"]:
            question["roles"] = []
    study = cast.study(session, asked=type(cast.edition()).model_validate(document), regime="anonymous")
    for role in ("a", "b"):
        for _ in range(3):
            study.invite(session, role)
    with pytest.raises(InvalidContent, match="role-keys-unfit"):
        cells.fix(session, wave=study.wave)
