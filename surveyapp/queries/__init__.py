"""Everything that reads: rows made into typed records, and the frames that the analysis wants."""
