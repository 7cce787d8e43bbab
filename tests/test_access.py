"""Who may what: the policy, told by its cases."""

from dataclasses import dataclass

import pytest

from surveyapp.access import STAFF_ROLES, Permission, Scope, may


@dataclass(frozen=True)
class Grant:
    role: str
    evaluation_id: int | None = None
    membership_id: int | None = None


@dataclass(frozen=True)
class Somebody:
    grants: tuple[Grant, ...]


TWENTE, ELSEWHERE = 1, 2
BORNE, ALMELO = 10, 11


def test_nobody_may_nothing() -> None:
    assert not any(may(None, permission, Scope(TWENTE)) for permission in Permission)
    assert not any(may(Somebody(()), permission, Scope(TWENTE)) for permission in Permission)


@pytest.mark.parametrize("role", ["researcher", "project_lead"])
def test_a_right_in_one_evaluation_says_nothing_about_another(role: str) -> None:
    user = Somebody((Grant(role, TWENTE),))
    assert may(user, Permission.EVALUATION_READ, Scope(TWENTE))
    assert not any(may(user, permission, Scope(ELSEWHERE)) for permission in Permission)


def test_the_owner_may_everything_everywhere() -> None:
    owner = Somebody((Grant("owner"),))
    assert may(owner, Permission.INSTALLATION_MANAGE, Scope())
    assert may(owner, Permission.ANSWERS_READ, Scope(ELSEWHERE))


def test_a_project_lead_sees_the_publication_and_never_what_is_behind_it() -> None:
    lead = Somebody((Grant("project_lead", TWENTE),))
    assert may(lead, Permission.PUBLICATION_READ, Scope(TWENTE))
    for hidden in (Permission.RESULTS_ANALYSE, Permission.ANSWERS_READ, Permission.RESPONSE_MONITOR):
        assert not may(lead, hidden, Scope(TWENTE))


def test_a_reader_sees_the_own_page_of_the_own_organisation_only() -> None:
    reader = Somebody((Grant("municipality_reader", TWENTE, BORNE),))
    assert may(reader, Permission.EVALUATION_READ, Scope(TWENTE))
    assert may(reader, Permission.PUBLICATION_READ_OWN, Scope(TWENTE, BORNE))
    assert not may(reader, Permission.PUBLICATION_READ_OWN, Scope(TWENTE, ALMELO))
    assert not may(reader, Permission.PUBLICATION_READ_OWN, Scope(TWENTE))
    assert not may(reader, Permission.PUBLICATION_READ, Scope(TWENTE))


def test_every_right_has_a_sentence_and_something_to_do() -> None:
    for role in STAFF_ROLES.values():
        assert role.sentence.endswith(".")
        assert role.permissions
