"""What is wrong in a list of people and what to do about it, in words: the same in the browser and at the prompt."""

from typing import Final

from surveyapp.analysis.reading.grid import Fault
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

_COLUMNS: Final = {
    "nl": {"name": "naam", "email": "e-mail", "organisation": "organisatie", "role": "rol", "language": "taal"},
    "en": {"name": "name", "email": "email", "organisation": "organisation", "role": "role", "language": "language"},
}
_DUTCH: Final = {
    # the file
    "file-too-large": "Het bestand is groter dan {value} MB. Verdeel de lijst over meer bestanden.",
    "empty-file": "Het bestand is leeg. Zet op de eerste regel: naam, e-mail, organisatie, rol, taal.",
    "not-a-table": "Dit is geen tabel. Sla de lijst op als XLSX of als CSV.",
    "old-workbook": "Dit is een oud Excel-bestand (.xls) of het is met een wachtwoord beveiligd. Sla het zonder "
    "wachtwoord op als XLSX.",
    "not-a-workbook": "Dit is een ZIP-bestand, maar geen Excel-bestand. Sla de lijst op als XLSX of als CSV.",
    "workbook-too-large": "Het Excel-bestand is uitgepakt te groot. Kopieer alleen de lijst naar een nieuw bestand.",
    "broken-workbook": "Het Excel-bestand is beschadigd. Open het in Excel en sla het opnieuw op, of sla het op als "
    "CSV.",
    "too-many-rows": "Het bestand heeft meer dan {value} regels. Verdeel de lijst over meer bestanden.",
    "only-a-header": "Onder de kolomnamen staat niemand. Vul de lijst aan.",
    # the header
    "no-header": "De eerste regel heeft geen kolomnamen, maar: {value}. Zet er een regel boven met: naam, e-mail, "
    "organisatie, rol, taal.",
    "column-missing": "De kolom ‘{column}’ ontbreekt. Voeg een kolom toe met deze naam.",
    "column-twice": "De kolom ‘{column}’ is er twee keer: {advice} en {value}. Houd er één over.",
    # a row
    "undecodable": "Op deze regel staan tekens die niet te lezen zijn: {value}. Typ ze opnieuw en sla het bestand op "
    "als CSV UTF-8.",
    "mixed-encoding": "Deze regel is met een andere tekenset opgeslagen dan de andere: {value}. Controleer de letters "
    "met accenten en sla het hele bestand op als CSV UTF-8.",
    "quote-open": "Op deze regel staat een aanhalingsteken zonder het tweede. Haal het weg, of zet het tweede erbij.",
    "line-too-long": "Deze regel is te lang om te lezen. Ontbreekt er een regeleinde?",
    "too-many-values": "Deze regel heeft {value} waarden en de kop {advice}. Zet een waarde met een komma of puntkomma "
    "tussen aanhalingstekens.",
    # a value
    "missing": "De {column} ontbreekt. Vul deze in.",
    "formula": "Hier staat een formule ({value}). Vervang die door de waarde: kopiëren en plakken als waarden.",
    "cell-error": "Hier staat een foutmelding van het rekenblad ({value}). Vul de waarde zelf in.",
    "cell-date": "Hier staat een datum. Vul de {column} in als tekst.",
    "cell-truth": "Hier staat WAAR of ONWAAR. Vul de {column} in als tekst.",
    "unprintable": "In deze {column} staan onzichtbare tekens. Typ de {column} opnieuw.",
    "garbled": "‘{value}’ is verkeerd ingelezen; bedoeld is waarschijnlijk ‘{advice}’. Verbeter het, of sla het "
    "oorspronkelijke bestand op als CSV UTF-8.",
    "name-too-long": "Deze naam is langer dan 200 tekens. Kort de naam in.",
    "email-too-long": "‘{value}’ is te lang voor een e-mailadres. Controleer het adres.",
    "email-letters": "‘{value}’ heeft letters die niet in een e-mailadres kunnen, zoals letters met accenten. "
    "Controleer het adres.",
    "two-addresses": "Hier staat meer dan één e-mailadres: {value}. Houd er één over.",
    "bad-email": "‘{value}’ is geen e-mailadres. Vul een adres in zoals naam@gemeente.nl.",
    "unknown-organisation": "‘{value}’ doet niet mee aan dit onderzoek. Gebruik een code of de precieze naam.",
    "organisation-ambiguous": "Er zijn meer organisaties die ‘{value}’ heten. Gebruik de code: {advice}.",
    "unknown-role": "De rol ‘{value}’ is er niet in deze vragenlijst.",
    "role-open": "De rol ‘{value}’ antwoordt via een open link, en daarom niet op uitnodiging. Haal de regel weg.",
    "unknown-language": "De taal ‘{value}’ is er niet in dit onderzoek. Laat de taal leeg of kies een andere.",
    "twice": "{value} staat met deze organisatie en rol al op regel {advice}. Haal een van de twee weg.",
    "already-there": "{value} is met deze organisatie en rol al uitgenodigd. Haal de regel weg, of sla deze mensen "
    "over.",
    "group-not-there": "In deze anonieme meting is iemand begonnen. Bij deze organisatie kan niemand meer worden "
    "uitgenodigd als {value}. Haal de regel weg.",
    "also-elsewhere": "{value} staat er ook met een andere organisatie of rol, en krijgt dus meer dan één uitnodiging.",
}
_ENGLISH: Final = {
    "file-too-large": "The file is larger than {value} MB. Spread the list over more files.",
    "empty-file": "The file is empty. Put on the first row: name, email, organisation, role, language.",
    "not-a-table": "This is not a table. Save the list as XLSX or as CSV.",
    "old-workbook": "This is an old Excel file (.xls), or it is locked with a password. Save it as XLSX without a "
    "password.",
    "not-a-workbook": "This is a ZIP file, but not an Excel file. Save the list as XLSX or as CSV.",
    "workbook-too-large": "The Excel file is too large once unpacked. Copy the list alone into a new file.",
    "broken-workbook": "The Excel file is damaged. Open it in Excel and save it again, or save it as CSV.",
    "too-many-rows": "The file has more than {value} rows. Spread the list over more files.",
    "only-a-header": "There is nobody below the column titles. Complete the list.",
    "no-header": "The first row has no column titles, but: {value}. Put a row above it with: name, email, "
    "organisation, role, language.",
    "column-missing": "The column ‘{column}’ is missing. Add a column with this title.",
    "column-twice": "The column ‘{column}’ is there twice: {advice} and {value}. Keep one of them.",
    "undecodable": "This row has characters that cannot be read: {value}. Type them again and save the file as CSV "
    "UTF-8.",
    "mixed-encoding": "This row was saved with another character set than the others: {value}. Check the letters with "
    "accents and save the whole file as CSV UTF-8.",
    "quote-open": "This row has a quotation mark without a second one. Remove it, or add the second one.",
    "line-too-long": "This row is too long to read. Is a line break missing?",
    "too-many-values": "This row has {value} values and the header {advice}. Put a value with a comma or semicolon "
    "between quotation marks.",
    "missing": "The {column} is missing. Fill it in.",
    "formula": "There is a formula here ({value}). Replace it by its value: copy, and paste as values.",
    "cell-error": "There is an error of the spreadsheet here ({value}). Fill in the value itself.",
    "cell-date": "There is a date here. Fill in the {column} as text.",
    "cell-truth": "There is TRUE or FALSE here. Fill in the {column} as text.",
    "unprintable": "This {column} has characters that cannot be seen. Type the {column} again.",
    "garbled": "‘{value}’ was read in the wrong way; ‘{advice}’ is probably meant. Correct it, or save the original "
    "file as CSV UTF-8.",
    "name-too-long": "This name is longer than 200 characters. Shorten the name.",
    "email-too-long": "‘{value}’ is too long for an e-mail address. Check the address.",
    "email-letters": "‘{value}’ has letters that an e-mail address cannot have, such as letters with accents. Check "
    "the address.",
    "two-addresses": "There is more than one e-mail address here: {value}. Keep one of them.",
    "bad-email": "‘{value}’ is not an e-mail address. Fill in an address like name@municipality.nl.",
    "unknown-organisation": "‘{value}’ does not take part in this study. Use a code or the exact name.",
    "organisation-ambiguous": "More organisations are called ‘{value}’. Use the code: {advice}.",
    "unknown-role": "This questionnaire has no role ‘{value}’.",
    "role-open": "The role ‘{value}’ answers through an open link, and so not by invitation. Remove the row.",
    "unknown-language": "This study has no language ‘{value}’. Leave the language empty or choose another.",
    "twice": "{value} is on row {advice} already with this organisation and role. Remove one of the two.",
    "already-there": "{value} has been invited already with this organisation and role. Remove the row, or pass these "
    "people over.",
    "group-not-there": "Somebody has begun in this anonymous wave. Nobody can be invited any more for this "
    "organisation as {value}. Remove the row.",
    "also-elsewhere": "{value} is there with another organisation or role too, and so gets more than one invitation.",
}
_WORDS: Final = {"nl": _DUTCH, "en": _ENGLISH}
_PROBABLY: Final = {"nl": "Bedoelt u ‘{advice}’?", "en": "Did you mean ‘{advice}’?"}
_GUESSED: Final = frozenset({"bad-email", "unknown-organisation", "unknown-role", "unknown-language"})
"""The faults whose advice is a guess."""


def sentence(fault: Fault, language: str) -> str:
    """What is wrong and what to do, in a sentence or two; Dutch where the language is not known."""
    language = _spoken(language)
    names = {"column": column(fault.column, language), "value": fault.value, "advice": fault.advice}
    said = _WORDS[language][fault.code].format(**names)
    return f"{said} {_PROBABLY[language].format(**names)}" if fault.code in _GUESSED and fault.advice else said


def column(key: str, language: str) -> str:
    """What a column is called; a title that we do not know is called what it is."""
    return _COLUMNS[_spoken(language)].get(key, key)


def titles(language: str) -> tuple[str, ...]:
    """The titles of all columns, in order."""
    return tuple(_COLUMNS[_spoken(language)].values())


def _spoken(language: str) -> str:
    return language if language in _WORDS else DEFAULT_LANGUAGE
