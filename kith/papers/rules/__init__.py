"""Rules of working papers, one file per matter."""
