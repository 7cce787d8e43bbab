"""The rooms about personal data: what everybody may read of a study, and what the team does when somebody asks."""
