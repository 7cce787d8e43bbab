"""What is wrong in a file with boundaries and what to do about it, in words."""

from typing import Final

from surveyapp.questionnaires.text import Text, say
from surveyapp.reports.figures.boundaries import Fault

_SENTENCES: Final[dict[str, Text]] = {
    "too-large": {
        "nl": "Het bestand is groter dan {value} MB. Neem de gegeneraliseerde grenzen, of alleen uw regio.",
        "en": "The file is larger than {value} MB. Take generalised boundaries, or your own region only.",
    },
    "too-fine": {
        "nl": "De grenzen hebben samen meer dan {value} punten. Neem de gegeneraliseerde grenzen.",
        "en": "The boundaries have more than {value} points together. Take generalised boundaries.",
    },
    "not-utf8": {
        "nl": "Het bestand is niet te lezen als UTF-8. Sla het op als GeoJSON in UTF-8.",
        "en": "The file cannot be read as UTF-8. Save it as GeoJSON in UTF-8.",
    },
    "not-json": {
        "nl": "Het bestand is geen JSON; het gaat mis op regel {value}. Sla de grenzen op als GeoJSON.",
        "en": "The file is not JSON; it goes wrong on line {value}. Save the boundaries as GeoJSON.",
    },
    "not-a-collection": {
        "nl": "Het bestand is geen FeatureCollection. Sla de grenzen op als GeoJSON.",
        "en": "The file is not a FeatureCollection. Save the boundaries as GeoJSON.",
    },
    "empty": {
        "nl": "Het bestand heeft geen objecten. Kies de gemeenten van uw regio, en sla ze opnieuw op.",
        "en": "The file has no features. Choose the municipalities of your region, and save them again.",
    },
    "no-properties": {
        "nl": "het object heeft geen eigenschappen. Er hoort er een bij met de gemeentecode.",
        "en": "the feature has no properties. One must be the code of the municipality.",
    },
    "no-code": {
        "nl": "er is geen eigenschap ‘statcode’, ‘identificatie’ of ‘code’ met de gemeentecode. Wel: {value}.",
        "en": "there is no property ‘statcode’, ‘identificatie’ or ‘code’ with the municipality’s code. There is: "
        "{value}.",
    },
    "bad-code": {
        "nl": "‘{value}’ is geen gemeentecode. Die ziet eruit als GM0141.",
        "en": "‘{value}’ is not the code of a municipality. That looks like GM0141.",
    },
    "twice": {
        "nl": "{value} is er al: het object tussen haakjes heeft dezelfde code. Haal er een weg.",
        "en": "{value} is there already: the feature in brackets has the same code. Remove one.",
    },
    "not-an-area": {
        "nl": "de vorm is ‘{value}’ en geen Polygon of MultiPolygon. Neem de vlakken, niet de lijnen of punten.",
        "en": "its shape is ‘{value}’ and not a Polygon or MultiPolygon. Take the areas, not lines or points.",
    },
    "bad-coordinates": {
        "nl": "de coördinaten ontbreken of zijn geen lijst. Sla het bestand opnieuw op als GeoJSON.",
        "en": "the coordinates are missing or are not a list. Save the file again as GeoJSON.",
    },
    "bad-position": {
        "nl": "‘{value}’ is geen punt met twee getallen. Sla het bestand opnieuw op als GeoJSON.",
        "en": "‘{value}’ is not a point of two numbers. Save the file again as GeoJSON.",
    },
    "short-ring": {
        "nl": "een grens heeft maar {value} punten; vier is het minste. Sla het bestand opnieuw op als GeoJSON.",
        "en": "a boundary has only {value} points; four is the least. Save the file again as GeoJSON.",
    },
    "open-ring": {
        "nl": "een grens is niet gesloten: het laatste punt moet het eerste zijn.",
        "en": "a boundary is not closed: its last point must be its first.",
    },
}
_FEATURE: Final[Text] = {"nl": "Object {number}: {sentence}", "en": "Feature {number}: {sentence}"}


def sentence(fault: Fault, language: str) -> str:
    """What is wrong, where, and what to do."""
    said = say(_SENTENCES[fault.kind], language).format(value=fault.value)
    if fault.feature is None:
        return said
    return say(_FEATURE, language).format(number=fault.feature, sentence=said)
