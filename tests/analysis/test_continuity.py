from surveyapp.analysis.continuity import continuity
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import questionnaire_of

FIRST = questionnaire_of({"g1": ["a", "b"], "g2": ["c"]})


def reworded(questionnaire: Questionnaire, key: str, words: str) -> Questionnaire:
    sections = tuple(
        section.model_copy(
            update={
                "questions": tuple(
                    one.model_copy(update={"text": {"nl": words}}) if one.key == key else one
                    for one in section.questions
                )
            }
        )
        for section in questionnaire.sections
    )
    fields = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    return Questionnaire(**fields | {"sections": sections})


def test_what_was_not_touched_goes_on() -> None:
    assert set(continuity(FIRST, FIRST).values()) == {"same"}
    assert list(continuity(FIRST, FIRST)) == ["g1", "g2", "a", "b", "c"]


def test_another_wording_breaks_the_statement_and_its_theme() -> None:
    found = continuity(FIRST, reworded(FIRST, "a", "something else"))
    assert found == {"g1": "reworded", "g2": "same", "a": "reworded", "b": "same", "c": "same"}


def test_spaces_are_no_other_wording() -> None:
    assert continuity(reworded(FIRST, "a", "we agree"), reworded(FIRST, "a", " we  agree"))["a"] == "same"


def test_a_bridge_that_was_declared_carries_the_trend_over() -> None:
    other = reworded(FIRST, "a", "something else")
    assert continuity(FIRST, other, bridges=["a"]) == dict.fromkeys(["g1", "g2", "a", "b", "c"], "same")
    assert continuity(FIRST, other, bridges=["g1"])["g1"] == "same"


def test_turning_a_statement_round_is_another_statement() -> None:
    assert continuity(FIRST, questionnaire_of({"g1": ["a", "b"], "g2": ["c"]}, reverse=["b"]))["b"] == "reworded"


def test_another_scale_is_a_break_that_no_bridge_hides() -> None:
    longer = questionnaire_of({"g1": ["a", "b"], "g2": ["c"]}, points_of={"g1": 7})
    found = continuity(FIRST, longer, bridges=["a", "g1"])
    assert found == {"g1": "rescaled", "g2": "same", "a": "rescaled", "b": "rescaled", "c": "same"}


def test_other_roles_are_other_answers() -> None:
    found = continuity(FIRST, questionnaire_of({"g1": ["a", "b"], "g2": ["c"]}, only={"c": ["official"]}))
    assert found["c"] == found["g2"] == "other-roles"


def test_a_theme_with_more_or_fewer_statements_is_another_theme() -> None:
    found = continuity(FIRST, questionnaire_of({"g1": ["a", "b", "d"], "g3": ["c"]}))
    assert found == {"g1": "other-statements", "a": "same", "b": "same", "c": "same"}
