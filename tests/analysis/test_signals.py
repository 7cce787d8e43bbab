"""Signals added up to a priority: the worked example of one municipality, and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.signals import RULES, on_scale, target_on_scale, weigh
from surveyapp.analysis.topic import Reason

SIGNALS = [rule.signal for rule in RULES]
raw_signals = st.dictionaries(st.sampled_from(SIGNALS), st.floats(0, 4))
NOTHING = dict.fromkeys(SIGNALS, 0.0)


def points(reasons: tuple[Reason, ...]) -> dict[str, float]:
    return {reason.signal: reason.points for reason in reasons}


def test_monitoring_in_almelo_scores_45() -> None:
    priority, reasons = weigh(
        {"low": 1.6, "divided": 0.9, "role_gap": 1.2, "behind": 0.6, "dont_know": 0.10, "decline": 0.5, "open": 0.25}
    )
    assert priority == pytest.approx(45.1, abs=0.05)
    assert [reason.signal for reason in reasons[:2]] == ["divided", "low"]
    expected = {
        "divided": 12.5, "low": 12.0, "role_gap": 10.5, "behind": 4.3, "decline": 3.3, "open": 2.5, "dont_know": 0.0
    }  # fmt: skip
    assert points(reasons) == pytest.approx(expected, abs=0.05)


def test_learning_in_almelo_is_divided_and_little_known() -> None:
    priority, reasons = weigh(NOTHING | {"divided": 1.3, "dont_know": 0.2})
    assert priority == pytest.approx(23.3, abs=0.05)
    assert points(reasons)["divided"] == 20
    assert points(reasons)["dont_know"] == pytest.approx(3.3, abs=0.05)


def test_without_a_previous_wave_its_weight_goes_to_the_others() -> None:
    raw = {signal: 0.0 for signal in SIGNALS if signal != "decline"}
    _, reasons = weigh(raw | {"dont_know": 0.45, "divided": 0.6})
    assert points(reasons)["dont_know"] == pytest.approx(100 * 10 / 90)
    assert points(reasons)["divided"] == pytest.approx(100 * 5 / 90)


def test_data_in_almelo_is_mostly_unknown_and_has_no_previous_wave() -> None:
    raw = {"low": 1.1, "divided": 0.6, "role_gap": 0.4, "behind": 0.0, "dont_know": 0.45, "open": 0.25}
    priority, reasons = weigh(raw)
    assert priority == pytest.approx(21.7, abs=0.05)
    assert [reason.signal for reason in reasons[:4]] == ["dont_know", "divided", "open", "low"]
    assert [reason.points for reason in reasons[:4]] == pytest.approx([11.1, 5.6, 2.8, 2.2], abs=0.05)


def test_nothing_to_see_is_a_priority_of_zero() -> None:
    assert weigh(NOTHING)[0] == 0


def test_every_signal_at_its_end_is_a_priority_of_a_hundred() -> None:
    assert weigh({rule.signal: rule.hi for rule in RULES})[0] == pytest.approx(100)


@pytest.mark.parametrize(
    ("available", "judged"),
    [(["low", "divided"], True), (["low", "role_gap"], False), (["divided"], False), ([], False)],
)
def test_below_half_of_the_weight_there_is_no_priority(available: list[str], judged: bool) -> None:
    priority, reasons = weigh(dict.fromkeys(available, 9.0))
    assert (priority is not None) is judged
    assert bool(reasons) is judged


def test_a_missing_signal_is_not_a_signal_of_zero() -> None:
    known = NOTHING | {"low": 2.5}
    unknown = {signal: raw for signal, raw in known.items() if signal != "decline"}
    assert weigh(known)[0] == pytest.approx(30)
    assert weigh(unknown)[0] == pytest.approx(30 / 0.9)


@given(raw_signals)
def test_what_the_reasons_contribute_adds_up_to_the_priority(raw: dict[str, float]) -> None:
    priority, reasons = weigh(raw)
    if priority is not None:
        assert sum(reason.points for reason in reasons) == pytest.approx(priority, abs=1e-9)
        assert 0 <= priority <= 100 + 1e-9
        assert {reason.signal for reason in reasons} == set(raw)


@given(raw_signals, st.sampled_from(SIGNALS), st.floats(0, 4))
def test_a_worse_signal_never_lowers_the_priority(raw: dict[str, float], signal: str, more: float) -> None:
    before = weigh(raw | {signal: raw.get(signal, 0.0)})[0]
    after = weigh(raw | {signal: raw.get(signal, 0.0) + more})[0]
    assert (before is None) == (after is None)
    assert before is None or (after is not None and after >= before - 1e-9)


@given(raw_signals)
def test_the_order_in_which_signals_are_given_does_not_matter(raw: dict[str, float]) -> None:
    shuffled = sorted(raw, reverse=True)
    assert weigh({signal: raw[signal] for signal in shuffled}) == weigh(raw)


def test_reasons_come_with_most_points_first_and_then_in_their_own_order() -> None:
    _, reasons = weigh(NOTHING | {"dont_know": 0.25})
    assert [reason.signal for reason in reasons] == ["dont_know", *(name for name in SIGNALS if name != "dont_know")]


def test_ramps_stretch_with_the_scale_and_shares_do_not() -> None:
    seven = {rule.signal: rule for rule in on_scale(7)}
    assert (seven["low"].lo, seven["low"].hi) == (1.5, 3.75)
    assert (seven["dont_know"].lo, seven["dont_know"].hi) == (0.10, 0.40)
    assert on_scale(5) == RULES
    assert (target_on_scale(5), target_on_scale(7), target_on_scale(11)) == (4, 5.5, 8.5)
