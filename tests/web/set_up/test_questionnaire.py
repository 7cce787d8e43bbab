"""Choosing a questionnaire, and reading it as each role."""

from tests.web.set_up.researching import AT, Desk


def test_the_library_is_offered_and_each_questionnaire_can_be_read_as_each_role(desk: Desk) -> None:
    page = desk.read(f"{AT}/questionnaire")
    assert 'value="seven-habits/1" checked' in page
    read = desk.read(f"{AT}/questionnaire/seven-habits/1?role=official&language=en")
    assert 'aria-current="page">Officials' in read
    assert read.count("<h2") > 5
    assert "<input" not in read[read.index("<main") :]
    governors = desk.read(f"{AT}/questionnaire/seven-habits/1?role=governor&language=en")
    assert governors.count("<li><p>") < read.count("<li><p>")
    for missing in ("seven-habits/1?role=mayor", "nothing/9", "../1"):
        assert desk.browser.get(f"{AT}/questionnaire/{missing}").status_code == 404


def test_an_unknown_questionnaire_is_refused(desk: Desk) -> None:
    assert [at for at, _words in desk.refused(f"{AT}/questionnaire", edition="nothing/9")] == ["edition"]
