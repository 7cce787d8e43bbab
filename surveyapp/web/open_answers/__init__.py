"""The room where the research team reads and searches what people wrote; every reading is logged."""

from surveyapp.web.open_answers.views import open_answers

__all__ = ["open_answers"]
