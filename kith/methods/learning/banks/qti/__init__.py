"""QTI 2.1, 2.2 and 3.0: items of 1EdTech Question and Test Interoperability."""
