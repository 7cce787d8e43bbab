"""Numbers in a sentence that nobody published."""

import pytest

from surveyapp.analysis.quoted_numbers import Known, unpublished

KNOWN = Known(frozenset({3.42, 2.0}), frozenset({0.62}), frozenset({3, 5}))


@pytest.mark.parametrize(
    "text",
    [
        "De gewoonte scoort een 3,42.",
        "De gewoonte scoort een 3.4 in de regio.",
        "Volgens 62% is dat zo, dus 62 procent.",
        "Dat vindt 3 van de 5.",
        "In 2026 deden 14 gemeenten mee, op 1.2.2026 om 12:30 uur.",
        "Zie versie 1.0.3 en artikel 12.a.",
        "",
    ],
)
def test_what_was_published_or_tells_nothing_is_passed_over(text: str) -> None:
    assert unpublished(text, KNOWN) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Almelo geeft een 4,1 en de regio 3,4.", ("4,1",)),
        ("Het gaat om 33 % en nog eens 62,5%.", ("33 %", "62,5%")),
        ("Bestuurders: 2,07 (was 2,00).", ("2,07",)),
        ("Dat vindt 1 van de 5 bestuurders, 4 of the 7 officials.", ("1 van de 5", "4 of the 7")),
        ("Een 4,1 is een 4,1.", ("4,1",)),
    ],
)
def test_other_numbers_are_named_as_they_stand_there_and_once(text: str, found: tuple[str, ...]) -> None:
    assert unpublished(text, KNOWN) == found


def test_where_nothing_was_published_every_number_is_new() -> None:
    assert unpublished("3,4 en 62%", Known()) == ("3,4", "62%")
