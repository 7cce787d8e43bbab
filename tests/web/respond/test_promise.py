"""The promise holds what the gates keep."""

from surveyapp.analysis.disclosure import Policy
from surveyapp.web.respond import promise


def test_the_promise_names_the_thresholds_that_the_gate_keeps() -> None:
    promised = promise.LEAST_FOR_ORGANISATIONS, promise.LEAST_FOR_PUBLIC
    assert promised == (Policy.of("lead").threshold, Policy.of("public").threshold)
    assert Policy.of("organisation").threshold == promise.LEAST_FOR_ORGANISATIONS


def test_an_anonymous_wave_promises_what_its_policies_keep() -> None:
    for audience in ("team", "lead", "organisation"):
        assert Policy.of(audience, "anonymous").threshold == promise.LEAST_FOR_ORGANISATIONS
        assert not Policy.of(audience, "anonymous").role_split
    assert Policy.of("public", "anonymous").threshold == promise.LEAST_FOR_PUBLIC
