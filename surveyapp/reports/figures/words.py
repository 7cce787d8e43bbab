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
        "nl": "Het verst onder {beside}: {where} ({own} tegen {region}).",
        "en": "Furthest below {beside}: {where} ({own} against {region}).",
    },
    "ahead": {
        "nl": "Het verst boven {beside}: {where} ({own} tegen {region}).",
        "en": "Furthest above {beside}: {where} ({own} against {region}).",
    },
    "scale": {"nl": "score van {low} tot {high}", "en": "score from {low} to {high}"},
    "importance": {"nl": "Spreidingsdiagram", "en": "Scatter plot"},
    "importance_short": {"nl": "belang", "en": "importance"},
    "score": {"nl": "score", "en": "score"},
    "number": {"nl": "nummer", "en": "number"},
    "point_count": {"nl": "{count} punten.", "en": "{count} points."},
    "first_things": {
        "nl": "Belangrijker, maar gaat minder goed: {where}.",
        "en": "More important, but going less well: {where}.",
    },
    "score_importance": {
        "nl": "{where} (score {score}, belang {importance})",
        "en": "{where} (score {score}, importance {importance})",
    },
    "nothing_first": {
        "nl": "Niets is belangrijker en gaat tegelijk minder goed.",
        "en": "Nothing is more important and going less well at the same time.",
    },
    "one_point_hidden": {"nl": "1 punt is verborgen.", "en": "1 point is hidden."},
    "points_hidden": {"nl": "{count} punten zijn verborgen.", "en": "{count} points are hidden."},
    "worse_more": {"nl": "belangrijker, gaat minder goed", "en": "more important, going less well"},
    "better_more": {"nl": "belangrijker, gaat beter", "en": "more important, going better"},
    "worse_less": {"nl": "minder belangrijk, gaat minder goed", "en": "less important, going less well"},
    "better_less": {"nl": "minder belangrijk, gaat beter", "en": "less important, going better"},
    "lines_mean": {
        "nl": "De lijnen staan bij het gemiddelde van de punten.",
        "en": "The lines are at the mean of the points.",
    },
    "lines_middle": {
        "nl": "De lijnen staan in het midden van de schaal.",
        "en": "The lines are in the middle of the scale.",
    },
    "part_of_scale": {
        "nl": "Getoond is een deel van de schaal.",
        "en": "Part of the scale is shown.",
    },
    "waves": {"nl": "Pijlendiagram", "en": "Arrow chart"},
    "change": {"nl": "verandering", "en": "change"},
    "change_bounds": {"nl": "grenzen van de verandering", "en": "bounds of the change"},
    "bounds": {"nl": "grenzen", "en": "bounds"},
    "bounds_key": {
        "nl": "grenzen: als wie niet antwoordde de laagste of de hoogste score had gegeven",
        "en": "bounds: if who did not answer had given the lowest or the highest score",
    },
    "from_to": {"nl": "{low} tot {high}", "en": "{low} to {high}"},
    "trend": {"nl": "vergelijkbaar", "en": "comparable"},
    "trend_same": {"nl": "ja", "en": "yes"},
    "trend_rescaled": {"nl": "ja, omgerekend naar één schaal", "en": "yes, converted to one scale"},
    "trend_broken": {"nl": "nee, de vraag is veranderd", "en": "no, the question changed"},
    "broken_key": {
        "nl": "trendbreuk: de vraag is veranderd, de cijfers zijn niet te vergelijken",
        "en": "break in the trend: the question changed, the figures cannot be compared",
    },
    "rescaled_key": {
        "nl": "andere schaal: omgerekend, en zo te vergelijken",
        "en": "another scale: converted, and so comparable",
    },
    "breaks": {
        "nl": "Niet te vergelijken door een veranderde vraag: {count}.",
        "en": "Not comparable because a question changed: {count}.",
    },
    "no_changes": {"nl": "Er is geen verandering te tonen.", "en": "There is no change to show."},
    "no_change": {"nl": "Er is niets veranderd.", "en": "Nothing changed."},
    "largest_rise": {
        "nl": "Meest gestegen: {where} ({first} naar {second}, {value}).",
        "en": "Largest rise: {where} ({first} to {second}, {value}).",
    },
    "largest_fall": {
        "nl": "Meest gedaald: {where} ({first} naar {second}, {value}).",
        "en": "Largest fall: {where} ({first} to {second}, {value}).",
    },
    "option_count": {"nl": "{count} antwoordmogelijkheden.", "en": "{count} options."},
    "people": {"nl": "{count} mensen gaven antwoord.", "en": "{count} people answered."},
    "one_person": {"nl": "1 mens gaf antwoord.", "en": "1 person answered."},
    "answer": {"nl": "Antwoord", "en": "Answer"},
    "answered": {"nl": "gaf antwoord", "en": "answered"},
    "share": {"nl": "aandeel", "en": "share"},
    "most_chosen": {"nl": "Meest gekozen: {where} ({value}).", "en": "Chosen most: {where} ({value})."},
    "nothing_chosen": {"nl": "Niets is gekozen.", "en": "Nothing was chosen."},
    "several": {
        "nl": "Men kon meer dan één antwoord kiezen.",
        "en": "More than one answer could be chosen.",
    },
    "points_bars": {"nl": "Staafdiagram van te verdelen punten", "en": "Bar chart of points to divide"},
    "points_unit": {
        "nl": "Gemiddeld aantal punten, van {total} te verdelen.",
        "en": "Mean number of points, of {total} to divide.",
    },
    "mean_points": {"nl": "gemiddeld aantal punten", "en": "mean number of points"},
    "most_points": {"nl": "Meeste punten: {where} ({value}).", "en": "Most points: {where} ({value})."},
    "fewest_points": {"nl": "Minste punten: {where} ({value}).", "en": "Fewest points: {where} ({value})."},
    "ranking": {"nl": "Rangorde", "en": "Ranking"},
    "mean_place": {"nl": "gemiddelde plaats", "en": "mean place"},
    "place": {"nl": "plaats {place}", "en": "place {place}"},
    "places_unit": {
        "nl": "Gemiddelde plaats: 1 is het hoogst.",
        "en": "Mean place: 1 is the highest.",
    },
    "ranked_first": {"nl": "Gemiddeld het hoogst: {where} ({value}).", "en": "Highest on average: {where} ({value})."},
    "ranked_last": {"nl": "Gemiddeld het laagst: {where} ({value}).", "en": "Lowest on average: {where} ({value})."},
    "marks": {"nl": "Rapportcijfers", "en": "Marks"},
    "mark": {"nl": "Cijfer", "en": "Mark"},
    "mean": {"nl": "gemiddelde", "en": "mean"},
    "mean_is": {"nl": "gemiddeld {value}", "en": "mean {value}"},
    "most_given": {"nl": "Meest gegeven: {where} ({value} keer).", "en": "Given most: {where} ({value} times)."},
    "spread_hidden": {"nl": "De verdeling is verborgen.", "en": "The distribution is hidden."},
    "response": {"nl": "Staafdiagram van de respons", "en": "Bar chart of the response"},
    "invited": {"nl": "uitgenodigd", "en": "invited"},
    "responded": {"nl": "ingevuld", "en": "responded"},
    "of": {"nl": "{count} van {total}", "en": "{count} of {total}"},
    "lowest_response": {"nl": "Laagste respons: {where}, {value}.", "en": "Lowest response: {where}, {value}."},
    "region_map": {"nl": "Kaart", "en": "Map"},
    "organisation_count": {"nl": "{count} organisaties.", "en": "{count} organisations."},
    "plus_one": {"nl": "Plus: {first} scoort hoger.", "en": "Plus: {first} scores higher."},
    "order_name": {"nl": "Volgorde: op naam.", "en": "Order: by name."},
    "order_region": {"nl": "Volgorde: zoals in de studie.", "en": "Order: as in the study."},
    "order_cluster": {
        "nl": "Volgorde: wie op elkaar lijkt, staat bij elkaar.",
        "en": "Order: those alike stand together.",
    },
    "not_all": {
        "nl": "Getekend zijn de eerste {shown} van {count}; de tabel heeft ze alle.",
        "en": "The first {shown} of {count} are drawn; the table has them all.",
    },
    "part": {"nl": "{title} ({part} van {parts})", "en": "{title} ({part} of {parts})"},
}


def word(key: str, language: str, **details: str | int) -> str:
    """A word or sentence in this language, or in Dutch where it was not translated."""
    return say(_WORDS[key], language).format(**details)


def said_people(count: int | None, language: str) -> str:
    """How many people answered, where that is known."""
    if count is None:
        return ""
    return word("one_person" if count == 1 else "people", language, count=count)
