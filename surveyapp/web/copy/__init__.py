"""One's own copy: everything that somebody answered and sent, through an address that ends after a day."""
