"""Pages of accounts, one module for each part of it."""
