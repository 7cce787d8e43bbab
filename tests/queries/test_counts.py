"""The counts of a wave, from the tallies."""

from sqlalchemy import event, update
from sqlalchemy.orm import Session

from surveyapp.actions import open_links, responses
from surveyapp.analysis.analyse import analyse
from surveyapp.models import ItemTally, Membership, ThemeTally
from surveyapp.models.database import Database
from surveyapp.queries import counts, editions
from tests import branching, cast

QUESTIONNAIRE = cast.edition().questionnaire


def test_every_submitted_answer_is_counted_with_skipped_as_empty(session: Session) -> None:
    study = cast.study(session)
    study.respond(session, "governor", member=1, t1_1="4", t1_2="2")
    study.respond(session, "governor", member=1, t1_1="4")
    study.begin(session, "governor", member=1, t1_1="1")
    found = counts.of(session, study.wave, QUESTIONNAIRE)
    items = {tuple(row) for row in found.items.itertuples(index=False)}
    assert {row for row in items if row[0] in {"t1_1", "t1_2"}} == {
        ("t1_1", "GM0147", "governor", "4", 2),
        ("t1_2", "GM0147", "governor", "2", 1),
        ("t1_2", "GM0147", "governor", "", 1),
    }
    assert [tuple(row) for row in found.themes.itertuples(index=False)] == [
        ("t1", "GM0147", "governor", 1, 4, 1),
        ("t1", "GM0147", "governor", 2, 8, 1),
    ]


def test_of_each_question_the_counts_add_up_to_everyone_it_was_put_to(session: Session) -> None:
    study = cast.study(session)
    study.respond(session, "official", t1_1="4")
    study.respond(session, "official", t2_1="dk")
    study.respond(session, "official", t1_good="Ja.")
    items = counts.of(session, study.wave, QUESTIONNAIRE).items
    statements = ("t1_1", "t1_2", "t1_3", "t1_weight", "t2_1", "scale_of_it")
    options = ("first_things.people", "first_things.time", "first_things.money")
    assert items.groupby("question")["count"].sum().to_dict() == dict.fromkeys((*statements, *options), 3)


def test_the_invited_are_in_the_order_of_the_study_and_of_the_questionnaire(session: Session) -> None:
    study = cast.study(session)
    for role, member in (("official", 2), ("official", 0), ("governor", 0), ("official", 0)):
        study.invite(session, role, member=member)
    found = counts.of(session, study.wave, QUESTIONNAIRE)
    assert [tuple(row) for row in found.invited.itertuples(index=False)] == [
        ("GM0141", "governor", 1, "municipality"),
        ("GM0141", "official", 2, "municipality"),
        ("GM0153", "official", 1, "municipality"),
    ]
    assert found.organisations == ("GM0141", "GM0153")


def test_without_any_answer_the_frames_are_empty_and_have_their_columns(session: Session) -> None:
    found = counts.of(session, cast.study(session).wave, QUESTIONNAIRE)
    assert list(found.items.columns) == ["question", "organisation", "role", "answer", "count"]
    assert list(found.themes.columns) == ["theme", "organisation", "role", "answered", "total", "count"]
    assert list(found.invited.columns) == ["organisation", "role", "invited", "kind"]
    assert found.items.empty
    assert found.themes.empty
    assert found.invited.empty


def test_it_takes_one_statement_per_frame_however_many_respond(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        for value in range(1, 6):
            study.respond(session, "official", member=value % 3, t1_1=str(value))
        session.commit()
    statements: list[str] = []
    with database.session(readonly=True) as session:
        wave = session.merge(study.wave, load=False)
        session.connection()
        for engine in database.engines:
            event.listen(engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
        counts.of(session, wave, QUESTIONNAIRE)
    assert len(statements) == 3
    assert not [statement for statement in statements if "answer.value" in statement or "response" in statement]


def test_in_an_anonymous_wave_the_invited_are_counted_in_the_role_that_answers_are_kept_in(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    people = [study.invite(session, role) for role in (*["governor"] * 2, *["official"] * 4)]
    response = responses.start(session, invitation=people[0])
    study.save(session, response, t1_1="4")
    study.submit(session, response)
    questionnaire = editions.of(session, study.wave).questionnaire
    found = counts.of(session, study.wave, questionnaire)
    assert [tuple(row) for row in found.invited.itertuples(index=False)] == [
        ("GM0141", "governor__official", 6, "municipality")
    ]
    scores = analyse(found, questionnaire, test=False).scores
    everybody = scores[(scores.level == "theme") & (scores.key == "t1") & (scores.role == "all")]
    assert set(everybody["n"]) == {1}
    assert set(everybody["invited"]) == {6}


def test_who_came_through_an_open_link_has_no_number_of_invited_and_so_no_bounds(session: Session) -> None:
    study = cast.study(session)
    study.respond(session, "governor", t1_1="2")
    study.invite(session, "governor")
    link, _token = open_links.add(
        session,
        wave=study.wave,
        membership=None,
        role="official",
        most=None,
        secret_key=cast.SECRET_KEY,
        by=study.anna,
    )
    for member, mark in ((0, "5"), (2, "4")):
        invitation, _token = open_links.start(
            session,
            link=link,
            membership=study.members[member],
            role="official",
            repeated=False,
            secret_key=cast.SECRET_KEY,
        )
        response = responses.start(session, invitation=invitation)
        study.save(session, response, t1_1=mark)
        study.submit(session, response)
    found = counts.of(session, study.wave, QUESTIONNAIRE)
    assert [tuple(row) for row in found.invited.itertuples(index=False)] == [
        ("GM0141", "governor", 2, "municipality"),
        ("GM0141", "official", 0, "municipality"),
        ("GM0153", "official", 0, "municipality"),
    ]
    scores = analyse(found, QUESTIONNAIRE, test=False).scores
    of_item = scores[(scores.level == "item") & (scores.key == "t1_1") & (scores.n > 0)]
    bounds = {(row.organisation, row.role): (row.lower, row.upper) for row in of_item.itertuples()}
    assert bounds.pop(("GM0141", "governor")) == bounds.pop(("all", "governor")) == (1.5, 3.5)
    open_ones = {("GM0141", "official"), ("GM0153", "official"), ("all", "official")}
    assert set(bounds) == open_ones | {(organisation, "all") for organisation in ("GM0141", "GM0153", "all")}
    assert {str(bound) for pair in bounds.values() for bound in pair} == {"nan"}


def test_who_was_not_shown_a_question_is_in_no_count_of_it(session: Session) -> None:
    study = cast.study(session, asked=branching.edition())
    study.respond(session, "governor", member=1, t1_1="4", where="regional")
    study.respond(session, "governor", member=1, t1_1="2", t1_2="5", where="local")
    found = counts.of(session, study.wave, editions.of(session, study.wave).questionnaire)
    assert found.items.groupby("question", observed=True)["count"].sum().to_dict() == {
        "where": 2,
        "t1_1": 2,
        "t1_2": 1,
        "t2_1": 1,
        **{f"means.{option}": 2 for option in ("people", "time", "money")},
    }
    assert found.themes.groupby("theme", observed=True)["count"].sum().to_dict() == {"t1": 2, "t2": 1}


def test_tallies_that_differ_anywhere_have_another_digest(session: Session) -> None:
    study = cast.study(session)
    study.respond(session, "official", t1_1="2", t2_1="2")
    digests = [counts.kept(session, study.wave).digest for _reading in range(2)]
    assert len(set(digests)) == 1
    for changed in (
        update(ItemTally).where(ItemTally.question == "t1_1").values(count=2),
        update(ItemTally).where(ItemTally.question == "t2_1").values(answer="3"),
        update(ThemeTally).where(ThemeTally.theme == "t2").values(total=3),
        update(Membership).where(Membership.id == study.members[0].id).values(position=9),
    ):
        session.execute(changed)
        digests.append(counts.kept(session, study.wave).digest)
    study.invite(session, "governor")
    digests.append(counts.kept(session, study.wave).digest)
    assert len(set(digests)) == 6
