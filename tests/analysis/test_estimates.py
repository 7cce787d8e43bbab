"""Mean, spread and bounds of every cell against those counted person by person."""

from statistics import fmean, variance

import numpy as np
import pytest
from hypothesis import given

from surveyapp.analysis.estimates import Estimates
from surveyapp.analysis.scores import score
from tests.analysis.builders import mark_of, people, person, questionnaire_of, tallies_of
from tests.analysis.plain import Study
from tests.analysis.studies import studies
from tests.effort import tries

ONE = questionnaire_of({"g1": ["g1_1"]})


@tries(30)
@given(studies())
def test_items_have_the_mean_and_variance_of_their_marks(study: Study) -> None:
    found = Estimates.of(tallies_of(study.people, study.questionnaire, invited=study.invited, kinds=study.kinds))
    items = {item.key: item for item in study.questionnaire.scored}
    for key, level, n, mean, spread in zip(
        found.keys, found.levels, found.n[:, -1, -1], found.mean[:, -1, -1], found.variance[:, -1, -1], strict=True
    ):
        if level == "item":
            region = [one for one in study.people if one.organisation in study.region]
            asked = [one for one in region if items[key].asked_of(one.role)]
            marks = [
                float(mark) for one in asked if (mark := mark_of(one, items[key], study.questionnaire)) is not None
            ]
            assert n == len(marks)
            assert mean == pytest.approx(fmean(marks) if marks else np.nan, nan_ok=True)
            assert spread == pytest.approx(variance(marks) if len(marks) > 1 else np.nan, nan_ok=True, abs=1e-12)


@tries(30)
@given(studies())
def test_they_agree_with_the_scores(study: Study) -> None:
    tallies = tallies_of(study.people, study.questionnaire, invited=study.invited, kinds=study.kinds)
    found, scores = Estimates.of(tallies), score(tallies)
    for level in ("theme", "item"):
        here = np.array([one == level for one in found.levels])
        rows = scores[scores["level"] == level]
        assert found.n[here].ravel().tolist() == rows["n"].tolist()
        assert found.mean[here].ravel() == pytest.approx(rows["mean"].to_numpy(), nan_ok=True)
        single = (rows["organisation"] != "all") & (rows["role"] != "all")
        for name, bound in (("lower", found.lower), ("upper", found.upper)):
            expected = rows[name].where(single).to_numpy()
            assert np.where(single, bound[here].ravel(), np.nan) == pytest.approx(expected, nan_ok=True)


def test_the_pooled_mean_has_bounds_over_everybody_invited() -> None:
    study = [*people("almelo", "governor", "g1_1", 4, 5), *people("almelo", "official", "g1_1", 2, 3, 3, "na")]
    invited = {("almelo", "governor"): 2, ("almelo", "official"): 9}
    found = Estimates.of(tallies_of(study, ONE, invited=invited))
    theme, item = 0, 1
    assert found.could[:, 0, -1].tolist() == [11, 10]
    assert (found.lower[item, 0, -1], found.upper[item, 0, -1]) == pytest.approx(((17 + 5) / 10, (17 + 25) / 10))
    assert (found.lower[theme, 0, -1], found.upper[theme, 0, -1]) == pytest.approx(((17 + 6) / 11, (17 + 30) / 11))


def test_one_open_link_leaves_everybody_together_without_bounds() -> None:
    study = [*people("almelo", "governor", "g1_1", 4, 5), *people("almelo", "official", "g1_1", 2)]
    found = Estimates.of(tallies_of(study, ONE, invited={("almelo", "governor"): 1, ("almelo", "official"): 9}))
    assert np.isnan(found.lower[:, :, -1]).all()
    assert found.upper[1, 0, 1] == pytest.approx((2 + 8 * 5) / 9)


def test_equal_marks_have_no_spread_at_all() -> None:
    theme = questionnaire_of({"g1": ["a", "b", "c"]})
    thirds = [person("almelo", "official", a=2, b=4, c=4) for _ in range(3)]
    assert Estimates.of(tallies_of(thirds, theme)).variance[0, 0, -1] == 0
