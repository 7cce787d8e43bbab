"""The room where the audit log is read: of one study, or of the whole installation."""
