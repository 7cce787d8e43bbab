"""Expected numbers and targets per role."""

from tests.web.set_up.researching import AT, Desk, wave_of
from tests.web.staff import Stage


def test_expected_numbers_and_targets_are_kept_and_nonsense_is_told_at_each_field(desk: Desk, empty: Stage) -> None:
    found = desk.refused(
        f"{AT}/roles", **{"expected-governor": "-1", "expected-official": "veel", "target-official": "101"}
    )
    assert found == [
        ("expected-governor", "Governors, people you expect: Fill in a whole number from 0 to 100,000, or nothing."),
        ("expected-official", "Officials, people you expect: Fill in a whole number from 0 to 100,000, or nothing."),
        ("target-official", "Officials, target: Fill in a whole number from 0 to 100, or nothing."),
    ]
    desk.sent(f"{AT}/roles", **{"expected-governor": "2", "expected-official": "", "target-official": "60"})
    assert (wave_of(empty).expected, wave_of(empty).targets) == ({"governor": 2}, {"official": 60})
