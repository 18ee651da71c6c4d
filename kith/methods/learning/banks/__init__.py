"""Files that questions come and go in: GIFT, Moodle XML, Aiken, QTI and Common Cartridge."""
