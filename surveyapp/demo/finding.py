"""What was found in the invented study, what is recommended, and a round of hearing both sides that was closed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import findings, recommendations, reviews
from surveyapp.actions.findings import Said
from surveyapp.actions.recommendations import Advised
from surveyapp.models import Finding, Membership, Reviewer, User, Wave
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.text import say

_FILE: Final = Path(__file__).with_name("found.yaml")
_WEEKS: Final = timedelta(weeks=3)


def make(session: Session, wave: Wave, edition: Edition, secret_key: str, by: User) -> None:
    """Through the verbs that people use, so that the log tells it too."""
    told: Mapping[str, Any] = YAML(typ="safe").load(_FILE)
    members = {member.organisation.code: member for member in wave.evaluation.memberships}
    written = [_finding(session, wave, members, each, by) for each in told["findings"]]
    for each in told["recommendations"]:
        _recommendation(session, wave, edition, written, each, by)
    _review(session, wave, edition, members, written, told["review"], secret_key, by)


def _finding(
    session: Session, wave: Wave, members: Mapping[str, Membership], told: Mapping[str, Any], by: User
) -> Finding:
    place = members.get(told.get("organisation", ""))
    said = Said(told["theme"], told["fact"], place, "", told["judgement"], told["reason"])
    finding = findings.write(session, wave=wave, said=said, by=by)
    rest = partial(findings.link, session, finding=finding, kind="score", by=by)
    for target in told["scores"]:
        rest(target=target, stance="supports")
    for target in told.get("contradicts", ()):
        rest(target=target, stance="contradicts")
    if "document" in told:
        findings.cite(session, finding=finding, place="", stance="supports", by=by, **told["document"])
    if not told.get("kept"):
        findings.show(session, finding=finding, in_report=True, by=by)
    return finding


def _recommendation(
    session: Session, wave: Wave, edition: Edition, written: Sequence[Finding], told: Mapping[str, Any], by: User
) -> None:
    theme, measure = told["theme"], told.get("measure")
    text = told["text"] if measure is None else say(edition.guide.theme(theme).measures[measure].text, "nl")
    advised = Advised(
        text,
        told["addressee"],
        told["belongs_to"],
        told["timing"],
        told["effort"],
        theme=theme,
        measure=measure,
    )
    basis = [written[number - 1] for number in told["findings"]]
    found = recommendations.write(session, wave=wave, advised=advised, findings=basis, by=by)
    if not told.get("kept"):
        recommendations.show(session, recommendation=found, in_report=True, by=by)


def _review(
    session: Session,
    wave: Wave,
    edition: Edition,
    members: Mapping[str, Membership],
    written: Sequence[Finding],
    told: Mapping[str, Any],
    secret_key: str,
    by: User,
) -> None:
    titles = {section.theme: say(section.title, "nl") for section in edition.questionnaire.sections}
    text = [
        {"key": f"finding-{each.number}", "heading": titles.get(each.theme, ""), "text": each.fact}
        for each in written
        if each.in_report
    ]
    deadline = clock.end_of((clock.now() + _WEEKS).date())
    review = reviews.begin(
        session, wave=wave, kind="facts", title=told["title"], paragraphs=text, deadline=deadline, by=by
    )
    for each in told["readers"]:
        place = members[each["organisation"]]
        reader = reviews.add_reader(
            session, review=review, name=each["name"], email="", membership=place, secret_key=secret_key, by=by
        )
        _react(session, reader, written, each, by)
    reviews.close(session, review=review, by=by)


def _react(session: Session, reader: Reviewer, written: Sequence[Finding], told: Mapping[str, Any], by: User) -> None:
    remarks = {(f"finding-{each['finding']}", each["kind"]): each for each in told["remarks"]}
    words = {place: each["text"] for place, each in remarks.items()}
    reviews.say(session, reader=reader, remarks=words, verdict=told["verdict"])
    for remark in reader.remarks:
        each = remarks[remark.paragraph, remark.kind]
        decision = each["disposition"]
        reviews.dispose(
            session, remark=remark, disposition=decision, answer=each["answer"], printed=each["text"], by=by
        )
        if "corrected" in each:
            found = written[each["finding"] - 1]
            said = Said(
                found.theme,
                each["corrected"],
                found.membership,
                found.role,
                found.judgement,
                found.judgement_reason,
            )
            findings.change(session, finding=found, version=found.version, said=said, by=by)
