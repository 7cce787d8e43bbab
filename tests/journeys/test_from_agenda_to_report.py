"""After the questionnaire: Anna prepares and holds conversations, finds, advises, is contradicted, and reports.

Everything through the pages, in a real browser, as a researcher, who was talked with and readers see them; and what was
written on the way stands in the report of the region and in that of one municipality, in every format.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.journeys import concluding, reading_the_report, talking
from tests.journeys.conftest import Demonstration, Visitor
from tests.journeys.talking import GOVERNOR, OFFICIAL

pytestmark = pytest.mark.browser
Somebody = Callable[[int], Visitor]
_PATIENCE = 180_000
"""Milliseconds: nothing here is about how fast the machine is."""


@pytest.fixture
def somebody(browser: Browser) -> Iterator[Somebody]:
    """People at browsers of so many pixels wide; at the end nothing on their way may have been wrong."""
    came: list[Visitor] = []

    def one(width: int) -> Visitor:
        context = browser.new_context(viewport=ViewportSize(width=width, height=800), locale="nl-NL")
        visitor = Visitor(context)
        visitor.page.set_default_timeout(_PATIENCE)
        came.append(visitor)
        return visitor

    yield one
    for each in came:
        each.page.context.close()
    assert [fault for each in came for fault in each.faults] == []
    assert [address for each in came for address in each.elsewhere] == []


def test_from_the_agenda_through_conversations_to_a_report_that_borne_can_stand_behind(
    somebody: Somebody, demonstration: Demonstration
) -> None:
    study, anna, telephone = demonstration.study, somebody(1280), somebody(360)
    anna.open(demonstration.links["researcher"])

    # she makes the agenda hers, and holds two conversations by it
    talking.make_the_agenda(anna, study)
    talking.take_the_guide(anna)
    for talk in (OFFICIAL, GOVERNOR):
        talking.plan(anna, study, talk)
        talking.hold(anna, talk)

    # a governor agrees to what she is said to have said; one sentence of hers may be quoted
    concluding.approve_the_report(telephone, concluding.send_the_report(anna, GOVERNOR))
    concluding.code_the_note(anna, study, GOVERNOR)
    concluding.release_the_quote(anna, study)
    concluding.tell_how_many_said_it(anna, study)

    # what was found, and what follows from it; Borne corrects a fact
    concluding.write_the_finding(anna, study)
    concluding.write_the_recommendation(anna)
    concluding.nothing_is_missing(anna, study)
    concluding.contradict(telephone, concluding.send_the_draft(anna, study))
    concluding.correct_and_close(anna, study)
    concluding.read_what_became_of_it(telephone)

    # all of it stands in both reports; the thread leads down to the counts and back, for each as far as they may
    reading_the_report.write_in_it(anna, study)
    reading_the_report.of_the_region(anna, study)
    reading_the_report.follow_the_thread(anna, study)
    reader = somebody(360)
    reader.open(demonstration.links["municipality"])
    reading_the_report.of_borne(reader, study)
    reading_the_report.follow_as_far_as_readers_may(reader, study)
