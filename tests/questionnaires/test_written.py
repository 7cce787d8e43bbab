"""Which fields of a questionnaire hold words, and what is asked there."""

from surveyapp.questionnaires.kinds.choice import ChoiceQuestion
from surveyapp.questionnaires.kinds.text import TextQuestion
from surveyapp.questionnaires.written import fields, label

WHERE = ChoiceQuestion.model_validate(
    {
        "key": "where",
        "kind": "choice",
        "text": {"nl": "Waar?"},
        "comment": {"nl": "Waarom daar?"},
        "options": [
            {"key": "here", "label": {"nl": "Hier"}},
            {"key": "elsewhere", "label": {"nl": "Anders, namelijk"}, "other": True},
        ],
    }
)
WHY = TextQuestion.model_validate({"key": "why", "kind": "text", "text": {"nl": "Waarom?"}, "limit": 60})


def test_words_stand_beside_a_choice_and_are_the_answer_to_an_open_question() -> None:
    assert fields(WHERE) == ("other", "comment")
    assert fields(WHY) == ("",)
    assert fields(WHERE.model_copy(update={"comment": None, "options": WHERE.options[:1]})) == ()


def test_a_field_beside_an_answer_has_a_label_of_its_own() -> None:
    labels = {part: label(WHERE, part) for part in ("", "other", "comment")}
    assert labels == {"": None, "other": {"nl": "Anders, namelijk"}, "comment": {"nl": "Waarom daar?"}}
    assert label(WHY, "") is None
