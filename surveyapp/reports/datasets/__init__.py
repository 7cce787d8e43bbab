"""Downloads: tables with a codebook, the same in every format.

A ``Table`` says what its columns mean and gives its rows one by one; a ``Download`` is some tables that belong
together. Each format has a module (``as_csv``, ``as_json``, ``as_xlsx``, ``as_ods``, ``as_sav``) that writes them;
``packing`` chooses and puts everything in a zip. What a number means stands in ``codebook`` and nowhere else.
"""
