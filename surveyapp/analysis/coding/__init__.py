"""How far people agree who sort the same texts: for each code, and over all of them."""
