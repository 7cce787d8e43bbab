"""Figures: what to show (``specification``), and how to draw it (``drawing``, matplotlib, for the worker only)."""
