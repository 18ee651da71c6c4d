"""Records of this room for tests, one factory for each table."""
