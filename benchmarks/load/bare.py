"""What a questionnaire costs at the very least: Flask, sqlite3, one template and one INSERT per page.

It serves the same questions as the product in as many requests per page, saves as durably, and does nothing else: no
invitations, no rights, no checks, no languages, no counts. ``BARE_DATABASE`` names its file, ``BARE_EDITION`` the
questionnaire.
"""

import json
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Final

from flask import Flask, redirect, render_template_string, request
from werkzeug.wrappers import Response

from surveyapp.questionnaires import library
from surveyapp.questionnaires.questionnaire import ChoiceQuestion, Question, Questionnaire, ScaleQuestion
from surveyapp.questionnaires.text import say

TEMPLATE: Final = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1>
<form method="post">
{% for question in questions %}
<fieldset><legend>{{ loop.index }}. {{ question.text }}</legend>
{% for code, label in question.options %}
<label><input type="radio" name="{{ question.key }}" value="{{ code }}"><span>{{ label }}</span></label>
{% else %}
<textarea name="{{ question.key }}" rows="4"></textarea>
{% endfor %}
</fieldset>
{% endfor %}
<button type="submit" name="go" value="on">Verder</button>
</form>
</body></html>"""
TABLE: Final = "CREATE TABLE page (person TEXT, number INTEGER, answers TEXT, PRIMARY KEY (person, number))"

_local = threading.local()


def connection() -> sqlite3.Connection:
    """The connection of this thread."""
    if not hasattr(_local, "connection"):
        _local.connection = _open()
    opened: sqlite3.Connection = _local.connection
    return opened


def _open() -> sqlite3.Connection:
    opened = sqlite3.connect(os.environ["BARE_DATABASE"], timeout=20, isolation_level=None)
    opened.execute("PRAGMA journal_mode=WAL")
    opened.execute("PRAGMA synchronous=FULL")
    return opened


def create_app() -> Flask:
    """The bare application."""
    questionnaire = library.load(os.environ["BARE_EDITION"], own=Path(__file__).parents[1]).questionnaire
    pages = [
        (say(section.title, "nl"), [_shown(question, questionnaire) for question in section.questions])
        for section in questionnaire.sections
    ]
    with closing(_open()) as first:
        first.execute(TABLE)
    app = Flask(__name__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.get("/<person>/<int:number>")
    def show(person: str, number: int) -> str:  # noqa: ARG001 - it shows no answers
        if number > len(pages):
            return "<!doctype html><title>Bedankt</title><h1>Bedankt</h1>"
        title, questions = pages[number - 1]
        return render_template_string(TEMPLATE, title=title, questions=questions)

    @app.post("/<person>/<int:number>")
    def save(person: str, number: int) -> Response:
        database = connection()
        database.execute("BEGIN IMMEDIATE")
        with database:
            database.execute("INSERT INTO page VALUES (?, ?, ?)", (person, number, json.dumps(request.form)))
        return redirect(f"/{person}/{number + 1}", 303)

    return app


def _shown(question: Question, questionnaire: Questionnaire) -> dict[str, object]:
    options: list[tuple[str, str]] = []
    if isinstance(question, ScaleQuestion):
        scale = questionnaire.scale(question.scale)
        options = [(str(point.code), say(point.label, "nl")) for point in scale.points]
        options += [
            (code, say(label, "nl"))
            for code, label in (("dk", scale.dont_know), ("na", scale.not_applicable))
            if label is not None
        ]
    elif isinstance(question, ChoiceQuestion):
        options = [(option.key, say(option.label, "nl")) for option in question.options]
    return {"key": question.key, "text": say(question.text, "nl"), "options": options}
