"""How strong what a finding rests on is: from its links, and from nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.grounds import FAMILIES, LEVELS, Ground, strength

SCORE, OTHER_SCORE = Ground("survey", "theme:t1:all:all"), Ground("survey", "theme:t2:all:all")
TALK = Ground("interview", "1")
DOCUMENT = Ground("document", "7")
_ANY = st.builds(Ground, st.sampled_from(FAMILIES), st.sampled_from("abc"), st.booleans())


def test_nothing_is_no_strength() -> None:
    assert strength([]).level == "none"


def test_one_source_is_one_however_often_it_is_linked() -> None:
    found = strength([SCORE, SCORE])
    assert (found.level, found.supporting, found.sources) == ("one", (("survey", 1),), 1)


def test_two_scores_are_several_of_one_kind_as_the_same_people_gave_them() -> None:
    assert strength([SCORE, OTHER_SCORE]).level == "several"


def test_a_score_and_an_interview_are_independent_of_one_another() -> None:
    found = strength([TALK, SCORE, DOCUMENT])
    assert found.level == "independent"
    assert found.supporting == (("survey", 1), ("interview", 1), ("document", 1))


def test_what_contradicts_is_never_outvoted() -> None:
    found = strength([SCORE, TALK, Ground("document", "7", supports=False)])
    assert (found.level, found.contradicting) == ("contradicted", (("document", 1),))
    assert found.sources == 2


@given(st.lists(_ANY), _ANY)
def test_more_support_never_makes_it_weaker(grounds: list[Ground], more: Ground) -> None:
    before = strength(grounds)
    after = strength([*grounds, Ground(more.family, more.source)])
    assert LEVELS.index(after.level) >= LEVELS.index(before.level)


@given(st.lists(_ANY))
def test_the_order_of_links_says_nothing(grounds: list[Ground]) -> None:
    assert strength(reversed(grounds)) == strength(grounds)
