"""The questionnaire on paper, as a PDF: for who was invited, and per role for the research team."""
