"""Pages of working papers and letters, one file per matter."""
