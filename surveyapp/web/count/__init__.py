"""What an organisation's contact person sees: how many of its people answered."""
