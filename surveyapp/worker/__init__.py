"""The door for work that nobody waits for: takes jobs and calls what each one names."""
