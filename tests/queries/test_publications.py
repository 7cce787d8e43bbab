"""What readers get to know a publication by."""

from copy import deepcopy

from surveyapp.models import Publication
from surveyapp.queries.publications import numbers_digest
from tests.reports.report_samples import published

ALMELO, ENSCHEDE = "GM0141", "GM0153"


def test_an_organisation_gets_a_digest_of_what_it_sees_and_of_nothing_that_others_see() -> None:
    document = published().to_document()
    changed = deepcopy(document)
    at = next(
        place
        for place, (code, mean) in enumerate(
            zip(document["scores"]["organisation"], document["scores"]["mean"], strict=True)
        )
        if code == ALMELO and mean is not None
    )
    changed["scores"]["mean"][at] += 0.1
    before, after = Publication(document=document), Publication(document=changed)
    assert numbers_digest(before) != numbers_digest(after)
    assert numbers_digest(before, ALMELO) != numbers_digest(after, ALMELO)
    assert numbers_digest(before, ENSCHEDE) == numbers_digest(after, ENSCHEDE)
