"""Any small study that can occur, for properties of the analysis."""

from hypothesis import strategies as st

from surveyapp.questionnaires.questionnaire import Questionnaire, ScaleQuestion
from tests.analysis.builders import Person, questionnaire_of
from tests.analysis.plain import Study

ROLES = ("governor", "official", "project")
ORGANISATIONS = ("GM0141", "GM0147", "GM0153", "OZJT")


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """One to three themes of one to five items, some for some roles only, some reversed, on 2 to 7 points."""
    roles = ROLES[: draw(st.integers(1, 3))]
    themes = {
        f"g{t}": [f"g{t}_{i}" for i in range(1, draw(st.integers(1, 5)) + 1)]
        for t in (1, 2, 3)[: draw(st.integers(1, 3))]
    }
    items = [item for of_theme in themes.values() for item in of_theme]
    rules = st.dictionaries(st.sampled_from(list(themes)), st.sampled_from([1, 34, 60, 66, 100]), max_size=1)
    return questionnaire_of(
        themes,
        least_answered=draw(rules),
        roles=roles,
        only=draw(st.dictionaries(st.sampled_from(items), st.lists(st.sampled_from(roles), min_size=1), max_size=4)),
        reverse=draw(st.sets(st.sampled_from(items))),
        points_of={theme: draw(st.sampled_from([5, 5, 2, 4, 7])) for theme in themes},
        importance=draw(st.booleans()),
    )


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """A questionnaire, up to thirty respondents in up to four organisations, and who was invited.

    Some are asked nothing, some answer nothing, some come without an invitation, some roles stay silent.
    """
    questionnaire = draw(questionnaires())
    organisations = ORGANISATIONS[: draw(st.integers(1, 4))]
    roles = [role.key for role in questionnaire.roles]
    places = [(code, role) for code in organisations for role in roles]
    people = draw(
        st.lists(
            st.builds(lambda place, answers: (place, answers), st.sampled_from(places), _answers(questionnaire)),
            max_size=30,
        )
    )
    present = [place for place, _ in people]
    invited = {
        place: max(0, present.count(place) + draw(st.integers(-1, 4)))
        for place in places
        if place in present or draw(st.booleans())
    }
    kinds = {"OZJT": "region_body"} | {code: "region_body" for code in organisations if draw(st.integers(0, 9)) == 0}
    return Study([_person(place, answers, questionnaire) for place, answers in people], questionnaire, invited, kinds)


def _answers(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, str]]:
    given = {
        item.key: st.sampled_from([*map(str, questionnaire.scale(item.scale).codes), "dk", "na", ""])
        for item in questionnaire.questions.values()
        if isinstance(item, ScaleQuestion)
    }
    return st.fixed_dictionaries({}, optional=given) | st.fixed_dictionaries(dict(given))


def _person(place: tuple[str, str], answers: dict[str, str], questionnaire: Questionnaire) -> Person:
    organisation, role = place
    return Person(
        organisation,
        role,
        {key: answer for key, answer in answers.items() if questionnaire.questions[key].asked_of(role)},
    )
