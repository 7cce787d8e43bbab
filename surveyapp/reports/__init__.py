"""Results made readable: figures, tables and documents. Knows neither a database nor a page.

The pages use ``figures.specification`` (what to show, its alternative text and its table), ``interview_guide`` and
``guide_document``. Drawing and printing belong to the worker, whose only entry is ``printing.render``.
"""
