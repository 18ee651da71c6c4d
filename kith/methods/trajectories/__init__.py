"""Lines over time: whether a change is clear."""
