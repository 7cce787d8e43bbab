"""What a respondent posts, made into answers as they are stored, and checked. Templates render; forms only validate."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import Field, ValidationError
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.questionnaire import Question, Questionnaire, Section


class AnswerField(Field):
    """One posted value. A group of radio buttons without a choice posts nothing, and then nothing was ``given``."""

    data: str

    def __init__(self, question: Question, questionnaire: Questionnaire, **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self.question = question
        self.questionnaire = questionnaire
        self.problem: str | None = None

    def process(self, formdata: Any, data: Any = "", extra_filters: Any = None) -> None:  # noqa: ANN401
        del data, extra_filters
        self.process_errors = []
        self.raw_data = self.posted(formdata or MultiDict())
        self.data = self.stored(self.raw_data)

    def posted(self, form: MultiDict[str, str]) -> list[str]:
        return form.getlist(self.name)

    def stored(self, posted: list[str]) -> str:
        """The answer as the interface writes it."""
        return posted[-1] if posted else ""

    def pre_validate(self, form: BaseForm) -> None:
        del form
        self.problem = problem_with(self.question, self.data, self.questionnaire)
        if self.problem is not None:
            raise ValidationError(self.problem)


class TextField(AnswerField):
    """Words; browsers send a line end as two characters, we keep one."""

    def stored(self, posted: list[str]) -> str:
        written = super().stored(posted).replace("\r\n", "\n")
        return written if written.strip() else ""


class RankingField(AnswerField):
    """A list per place, ``<key>-1`` and on; places left open close up."""

    def posted(self, form: MultiDict[str, str]) -> list[str]:
        if self.question.kind != "ranking":
            return []
        names = (f"{self.name}-{place}" for place in range(1, self.question.top + 1))
        return [form[name] for name in names if name in form]

    def stored(self, posted: list[str]) -> str:
        return ">".join(chosen for chosen in posted if chosen)


FIELDS: Final[Mapping[str, type[AnswerField]]] = {
    "scale": AnswerField,
    "choice": AnswerField,
    "text": TextField,
    "ranking": RankingField,
}


class SectionForm(BaseForm):
    """The questions of one page for one role."""

    def answer_fields(self) -> Iterable[AnswerField]:
        return (field for field in self._fields.values() if isinstance(field, AnswerField))

    def given(self) -> dict[str, str]:
        """Question -> answer, of the questions that were posted at all."""
        return {field.name: field.data for field in self.answer_fields() if field.raw_data}

    def typed(self) -> dict[str, str]:
        """Question -> what to show again on the page after a mistake."""
        return {field.name: field.data for field in self.answer_fields()}

    def problems(self) -> dict[str, str]:
        """Question -> code of what is wrong with its answer."""
        return {field.name: field.problem for field in self.answer_fields() if field.problem is not None}


def form_for(section: Section, role: str, questionnaire: Questionnaire) -> Callable[[MultiDict[str, str]], SectionForm]:
    """What reads and checks the posted page of this section for this role."""
    fields: dict[str, UnboundField[Any]] = {
        question.key: UnboundField(FIELDS[question.kind], question, questionnaire)
        for question in section.questions_for(role)
    }

    def filled(posted: MultiDict[str, str]) -> SectionForm:
        form = SectionForm(fields)
        form.process(posted)
        return form

    return filled
