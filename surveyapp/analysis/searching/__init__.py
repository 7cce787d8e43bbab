"""Searching what people wrote: words in whatever form, phrases, what to leave out, and which words return.

Nothing here keeps a text; it helps a researcher to read, and never puts an answer under a heading by itself.
"""
