"""The consequences of a regime, before it is chosen."""

from tests.web.set_up.researching import AT, Desk, invite, wave_of
from tests.web.staff import Stage


def test_the_consequences_of_each_regime_are_shown_before_one_is_chosen(desk: Desk, empty: Stage) -> None:
    assert "cannot be worked out yet" in desk.read(f"{AT}/confidentiality")
    desk.sent(f"{AT}/roles", **{"expected-governor": "1", "expected-official": "3"})
    page = desk.read(f"{AT}/confidentiality")
    assert "8 people in 2 organisations" in page
    assert "checked" not in page[page.index("<main") :]
    confidential = page[page.index('id="name-confidential"') : page.index('id="name-anonymous"')]
    assert ">4 of 4<" in confidential
    assert ">0 of 2<" in confidential
    assert "2 organisations have fewer than 5 people" in page
    assert [at for at, _words in desk.refused(f"{AT}/confidentiality", regime="secret")] == ["regime"]
    desk.sent(f"{AT}/confidentiality", regime="anonymous")
    assert wave_of(empty).regime == "anonymous"
    assert not wave_of(empty).for_public
    desk.sent(f"{AT}/confidentiality", regime="anonymous", for_public="y")
    assert (wave_of(empty).for_public, wave_of(empty).searchable) == (True, False)
    invite(empty)
    assert "the 10 people who have been invited" in desk.read(f"{AT}/confidentiality")
