"""QTI 1.2.1, as Common Cartridge 1.1 to 1.3 and several learning systems write it."""
