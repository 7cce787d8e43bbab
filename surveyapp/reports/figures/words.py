"""The few words that a figure adds to the labels it was given."""

from surveyapp.questionnaires.text import Text, say

_WORDS: dict[str, Text] = {
    "small": {"nl": "verborgen: minder dan {threshold} antwoorden", "en": "hidden: fewer than {threshold} answers"},
    "linked": {
        "nl": "verborgen: anders is een kleine groep te berekenen",
        "en": "hidden: a small group could be calculated from it",
    },
    "none": {"nl": "geen cijfer", "en": "no figure"},
    "hidden_short": {"nl": "verborgen", "en": "hidden"},
    "n": {"nl": "n", "en": "n"},
    "fewer": {"nl": "minder dan {threshold}", "en": "fewer than {threshold}"},
    "heatmap": {"nl": "Heatmap", "en": "Heatmap"},
    "diverging_bars": {"nl": "Staafdiagram", "en": "Bar chart"},
    "dumbbell": {"nl": "Puntenpaar-diagram", "en": "Dumbbell chart"},
    "dot_plot": {"nl": "Puntendiagram", "en": "Dot plot"},
    "lowest": {"nl": "Laagst: {where} ({value}).", "en": "Lowest: {where} ({value})."},
    "highest": {"nl": "Hoogst: {where} ({value}).", "en": "Highest: {where} ({value})."},
    "no_numbers": {"nl": "Er zijn geen cijfers om te tonen.", "en": "There are no figures to show."},
    "one_hidden": {"nl": "1 cijfer is verborgen.", "en": "1 figure is hidden."},
    "hidden": {"nl": "{count} cijfers zijn verborgen.", "en": "{count} figures are hidden."},
    "statements": {"nl": "Stelling", "en": "Statement"},
    "most_agreement": {
        "nl": "Meeste instemming: {where} ({value}).",
        "en": "Most agreement: {where} ({value}).",
    },
    "least_agreement": {
        "nl": "Minste instemming: {where} ({value}).",
        "en": "Least agreement: {where} ({value}).",
    },
    "statement_count": {"nl": "{count} stellingen.", "en": "{count} statements."},
    "grid": {"nl": "{rows} rijen, {columns} kolommen.", "en": "{rows} rows, {columns} columns."},
    "row_count": {"nl": "{count} rijen.", "en": "{count} rows."},
    "dont_know": {"nl": "weet niet", "en": "don’t know"},
    "not_applicable": {"nl": "n.v.t.", "en": "n/a"},
    "valid": {"nl": "n", "en": "n"},
    "answers": {"nl": "Aantal antwoorden", "en": "Number of answers"},
    "percentages": {"nl": "Percentage van de antwoorden op de schaal", "en": "Percentage of answers on the scale"},
    "no_answers": {"nl": "geen antwoorden", "en": "no answers"},
    "gap": {"nl": "verschil", "en": "difference"},
    "largest_gap": {
        "nl": "Grootste verschil: {where} ({a} {first}, {b} {second}; verschil {value}).",
        "en": "Largest difference: {where} ({a} {first}, {b} {second}; difference {value}).",
    },
    "unrounded": {
        "nl": "Verschillen zijn berekend met onafgeronde cijfers.",
        "en": "Differences were calculated before rounding.",
    },
    "plus": {"nl": "Plus: {first} scoren hoger.", "en": "Plus: {first} score higher."},
    "band": {"nl": "laagste en hoogste in de regio", "en": "lowest and highest in the region"},
    "lower": {"nl": "laagste", "en": "lowest"},
    "upper": {"nl": "hoogste", "en": "highest"},
    "behind": {
        "nl": "Het verst onder de regio: {where} ({own} tegen {region}).",
        "en": "Furthest below the region: {where} ({own} against {region}).",
    },
    "ahead": {
        "nl": "Het verst boven de regio: {where} ({own} tegen {region}).",
        "en": "Furthest above the region: {where} ({own} against {region}).",
    },
    "scale": {"nl": "score van {low} tot {high}", "en": "score from {low} to {high}"},
}


def word(key: str, language: str, **details: str | int) -> str:
    """A word or sentence in this language, or in Dutch where it was not translated."""
    return say(_WORDS[key], language).format(**details)
