"""Choosing who takes part: from the table, a youth region, a list or by hand."""

import io

import pytest

from surveyapp.queries import evaluations
from tests.web.set_up.researching import AT, Desk, begin, choose_usual, problems
from tests.web.staff import Stage, set_up

HERE = f"{AT}/organisations"


def taking_part(stage: Stage) -> list[str]:
    with stage.database.session(readonly=True) as session:
        study = evaluations.by_slug(session, "samen")
        return [member.organisation.code for member in evaluations.memberships(session, study)]


def test_municipalities_are_looked_up_and_ticked(empty: Stage) -> None:
    desk = begin(empty)
    page = desk.read(f"{HERE}?search=hof+van&language=en")
    assert 'value="GM1735" checked' in page
    assert desk.sent(HERE, how="table", municipality="GM1735") == HERE
    assert taking_part(empty) == ["GM1735"]
    assert "Take part already: Hof van Twente." in desk.read(f"{HERE}?search=hof+van&language=en")
    assert "No municipality found" in desk.read(f"{HERE}?search=xyz&language=en")


def test_a_youth_region_is_added_as_a_whole_and_twice_changes_nothing(empty: Stage) -> None:
    desk = begin(empty)
    desk.sent(HERE, how="region", region="JZ14")
    assert "14 organisations were added" in desk.read(HERE)
    desk.sent(HERE, how="region", region="JZ14")
    assert "14 took part already" in desk.read(HERE)
    assert len(taking_part(empty)) == 14


@pytest.mark.parametrize(
    ("how", "values", "anchor"),
    [("table", {}, "search"), ("region", {"region": "JZ99"}, "region"), ("list", {"list": " "}, "list"), ("", {}, "")],
)
def test_choosing_nothing_is_told_at_its_place(empty: Stage, how: str, values: dict[str, str], anchor: str) -> None:
    assert [at for at, _words in begin(empty).refused(HERE, how=how, **values)] == [anchor]


def test_an_own_organisation_has_a_code_a_kind_and_what_it_is_part_of(empty: Stage) -> None:
    desk = begin(empty)
    desk.sent(HERE, how="hand", code="GM0141", name="Almelo", kind="municipality", parent="")
    desk.sent(HERE, how="hand", code="WIJK-03", name="Nieuwstraat", kind="neighbourhood", parent="GM0141")
    page = desk.read(HERE)
    row = page[page.index("WIJK-03") : page.index("WIJK-03") + 120]
    assert "Neighbourhood" in row
    assert "Almelo" in row


def test_every_mistake_by_hand_is_told_at_its_field_and_nothing_is_added(empty: Stage) -> None:
    desk = begin(empty)
    found = desk.refused(HERE, how="hand", code="te lang, en met spaties", name="", kind="planet", parent="WEG")
    assert [at for at, _words in found] == ["name", "code", "kind", "parent"]
    assert taking_part(empty) == []


def test_a_list_is_pasted_or_uploaded_and_a_faulty_one_is_refused_whole(empty: Stage) -> None:
    desk = begin(empty)
    faulty = "code;naam;soort\nW1;Wijk Eén;wijk\nGM9999;Nergens;gemeente\nW1;Nog eens;wijk"
    found = desk.refused(HERE, how="list", list=faulty)
    assert [words.split(":")[0] for _at, words in found] == [
        "Organisation 2 of the list (Nergens)",
        "Organisation 3 of the list (Nog eens)",
    ]
    assert taking_part(empty) == []
    file = (io.BytesIO("code;naam;soort;onderdeel van\nW1;Wijk Eén;wijk;GM0141\nGM0141;;\n".encode("cp1252")), "l.csv")
    desk.sent(HERE, how="list", file=file, list="")
    assert taking_part(empty) == ["W1", "GM0141"]


def test_a_mistake_is_told_beside_its_field_too_and_the_problems_of_a_list_in_its_order(empty: Stage) -> None:
    desk = begin(empty)
    assert 'id="region-errors">Choose a youth region.' in desk.send(HERE, how="region", region="").text
    assert 'id="search-errors">Tick the municipalities' in desk.send(HERE, how="table").text
    faulty = "code;naam;soort;onderdeel van\nW1;Een;wijk;WEG\n;Twee;wijk;\nW3;;wijk;"
    answer = desk.send(HERE, how="list", list=faulty)
    assert 'id="list-errors">There are 3 problems.' in answer.text
    assert [words.split("(")[0] for _at, words in problems(answer.text)] == [
        f"Organisation {number} of the list " for number in (1, 2, 3)
    ]


def test_what_is_removed_is_gone_and_the_order_can_change(empty: Stage) -> None:
    desk = begin(empty)
    choose_usual(desk)
    desk.sent(HERE, how="hand", code="AA", name="Aa", kind="provider", parent="")
    with empty.database.session(readonly=True) as session:
        numbers = [member.id for member in evaluations.memberships(session, evaluations.by_slug(session, "samen"))]
    desk.sent(f"{HERE}/order", move=f"up-{numbers[1]}")
    assert taking_part(empty) == ["GM0147", "GM0141", "AA"]
    for nonsense in (f"up-{numbers[1]}", "down-999", "sideways-1", ""):
        desk.sent(f"{HERE}/order", move=nonsense)
    assert taking_part(empty) == ["GM0147", "GM0141", "AA"]
    desk.sent(f"{HERE}/order", move="by-name")
    assert taking_part(empty) == ["GM0141", "GM0147", "AA"]
    desk.sent(f"{HERE}/{numbers[0]}/remove")
    assert taking_part(empty) == ["GM0147", "AA"]
    assert desk.send(f"{HERE}/{numbers[0]}/remove").status_code == 404


def test_organisations_stand_once_the_wave_was_opened(stage: Stage) -> None:
    set_up(stage)
    desk = Desk.of(stage, "anna", "/evaluations/samen")
    page = desk.read(HERE)
    assert "Remove" not in page
    assert "Add municipalities" not in page
    before = taking_part(stage)
    assert "stand since the wave was opened" in desk.refused(HERE, how="region", region="JZ14")[0][1]
    assert taking_part(stage) == before
