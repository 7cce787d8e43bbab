"""Words that every text has, and that tell nothing about it."""

from typing import Final

_DUTCH: Final = """
    aan af al alle alleen alles als altijd ander andere anders ben bent beter bij bijna binnen boven buiten daar
    daarbij daardoor daarin daarmee daarna daarom daarvan daarvoor dan dat de deze die dit doe doen doet door dus
    echt een eens eigen eigenlijk elk elkaar elke en enige enkele er erg ergens ertoe ervan ga gaan gaat gedaan geen
    gegaan geweest geworden ging gingen graag haar had hadden heb hebben hebt heeft heel hen het hier hierdoor hij
    hoe hoeft hun ieder iedere iedereen iemand iets ik in is ja je jij jou jouw jullie kan komen komt kon konden
    kreeg krijgen krijgt kunnen kunt kwam kwamen laat laten leek liet lieten lijkt maakt maar mag mee meer meest men
    met mij mijn minder misschien mocht moest moesten moet moeten mogen na naar naast nee net niet niets nodig nog
    nogal nooit nu of om omdat onder ons onze ooit ook op over pas per plus precies samen sinds soms staan staat
    steeds te tegen tegenover ten ter terug toch toe toen tot tussen uit uw vaak van vanaf vanuit vanwege veel
    verder via vind vinden vindt voldoende voor vooral waar waarbij waarin waarom waarvan waarvoor wanneer want
    waren was wat we weer wegens weinig wel werd werden wie wij wil willen wilt word worden wordt zag zal ze zeer
    zelf zich zie zien ziet zij zijn zo zoals zodat zonder zou zouden zullen zult
"""
_ENGLISH: Final = """
    a about above after again all also always am an and any are as at be because been before being below better
    between both but by can cannot could did do does doing done down during each enough every few for from further
    get gets give given go goes going good had has have having he her here hers him his how i if in into is it its
    just less like make makes many may me might more most much must my need needs never no nor not now of off often
    on once one only or other our ours out over own per really same say see she should so some still such than that
    the their theirs them then there these they this those through to too toward towards under until up upon us very
    was we well were what when where which while who whom why will with within without would yes you your yours
"""
STOP_WORDS: Final = {"nl": frozenset(_DUTCH.split()), "en": frozenset(_ENGLISH.split())}
"""Language -> folded words."""
