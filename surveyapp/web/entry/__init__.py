"""The door of a researcher who enters what an invitee answered on paper or by telephone: the invitee's own pages."""
