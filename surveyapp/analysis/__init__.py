"""Pure functions over frames: scores, agreement, gaps, agenda, disclosure control.

Nothing here rounds, reads a database or knows a page. ``counts`` says what comes in, ``results`` what goes out, and
``disclosure.protect`` is the only way out of the research team.
"""
