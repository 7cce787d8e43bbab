"""Results made readable: figures, tables and documents. Knows neither a database nor a page.

The pages use ``figures.specification`` (what to show, its alternative text and its table), ``interview_guide`` and
``guide_page``. Drawing and printing are slow to import and belong to the worker: its only entry is
``rendering.render``.
"""
