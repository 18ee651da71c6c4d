"""Welcome groups: several volunteers for one family, the best for all families together."""
