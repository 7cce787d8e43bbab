"""What an attacker is given: who took part, and nothing of their marks."""

from surveyapp.analysis.attacking.participation import known_to_all
from tests.analysis.attacking.generated import counted, knowledge, study, with_second_theme


def test_the_tallies_tell_the_same_of_people_as_counting_them_one_by_one() -> None:
    for seed in range(5):
        made = with_second_theme(study(seed), seed)
        told = known_to_all(counted(made), made.questionnaire)
        one_by_one = knowledge(made.people, made.questionnaire, made.outside)
        for name in ("sizes", "asked"):
            assert dict(getattr(told, name)) == {
                at: number for at, number in getattr(one_by_one, name).items() if number
            }
        assert (told.members, told.outside) == (one_by_one.members, one_by_one.outside)


def test_of_a_theme_everybody_was_asked_to_whom_any_statement_was_put() -> None:
    made = with_second_theme(study(175), 175)
    told = known_to_all(counted(made), made.questionnaire)
    people = [one for one in made.people if (one.organisation, one.role) == ("M6", "official")]
    assert told.asked["h1", "M6", "official"] == len(people)
    assert ("h1", "M6", "governor") not in told.asked
