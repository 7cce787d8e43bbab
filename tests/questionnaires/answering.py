"""Answers that a question is made for, to draw from: the opposite of judging them, so that each can check the other."""

import datetime as dt

from hypothesis import strategies as st

from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.kinds.consent import ConsentQuestion
from surveyapp.questionnaires.kinds.date import DateQuestion
from surveyapp.questionnaires.kinds.ladder import LadderQuestion
from surveyapp.questionnaires.kinds.mark import MarkQuestion
from surveyapp.questionnaires.kinds.number import NumberQuestion
from surveyapp.questionnaires.kinds.points import PointsQuestion
from surveyapp.questionnaires.questionnaire import (
    ChoiceQuestion,
    Question,
    Questionnaire,
    RankingQuestion,
    Scale,
    ScaleQuestion,
    TextQuestion,
)


def answers_to(questionnaire: Questionnaire, key: str) -> st.SearchStrategy[str]:
    """Answers to what is stored under this key (see ``Questionnaire.stored``), none among them."""
    question, part = questionnaire.stored[key]
    said = words(question.parts[part]) if part else _answers(question, questionnaire)
    return st.just("") | said


def words(limit: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=min(limit, 40))


def _answers(question: Question, questionnaire: Questionnaire) -> st.SearchStrategy[str]:  # noqa: C901 - a kind each
    match question:
        case ScaleQuestion():
            return _steps(questionnaire.scale(question.scale))
        case ChoiceQuestion():
            return st.sampled_from([option.key for option in question.options])
        case ChoicesQuestion():
            return _choices(question)
        case MarkQuestion():
            marks = [str(mark) for mark in range(1, 11)]
            halves = [f"{mark}.5" for mark in range(1, 10)] if question.halves else []
            return st.sampled_from([*marks, *halves, *(["dk"] if question.dont_know else [])])
        case NumberQuestion():
            least = question.least if question.least is not None else -1000
            most = question.most if question.most is not None else 1000
            return st.decimals(least, most, places=question.decimals).map(str)
        case DateQuestion():
            return st.dates(question.earliest or dt.date.min, question.latest or dt.date.max).map(dt.date.isoformat)
        case TextQuestion():
            return words(question.limit)
        case RankingQuestion():
            keys = [option.key for option in question.options]
            return st.lists(st.sampled_from(keys), min_size=1, max_size=question.top, unique=True).map(">".join)
        case PointsQuestion():
            return _divisions(question)
        case LadderQuestion():
            keys = [rung.key for rung in question.rungs]
            return st.lists(st.sampled_from(keys), unique=True).map(lambda met: ";".join(met) or "none")
        case ConsentQuestion():
            return st.just("yes")
        case _:
            return st.nothing()


def _steps(scale: Scale) -> st.SearchStrategy[str]:
    return st.sampled_from([*(str(code) for code in scale.codes), *scale.apart])


def _choices(question: ChoicesQuestion) -> st.SearchStrategy[str]:
    beside = [option.key for option in question.options if not option.exclusive]
    several = st.lists(st.sampled_from(beside), min_size=1, max_size=question.most, unique=True).map(";".join)
    return st.one_of(several, *(st.just(option.key) for option in question.options if option.exclusive))


@st.composite
def _divisions(draw: st.DrawFn, question: PointsQuestion) -> str:
    """At most all points, over some of the options."""
    left = question.total
    shares = {}
    for option in draw(st.lists(st.sampled_from(question.options), min_size=1, unique_by=lambda one: one.key)):
        shares[option.key] = draw(st.integers(0, left))
        left -= shares[option.key]
    return ";".join(f"{key}={points}" for key, points in shares.items())
