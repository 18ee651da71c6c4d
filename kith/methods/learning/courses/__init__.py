"""Courses as files: how they are read, kept, shown and checked."""
