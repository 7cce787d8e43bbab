"""A draft as its readers see it, through a link of their own: read it, make remarks, see what was done with them."""
