"""Repeatable measurements of the whole product, over HTTP, at two sizes in the same run."""
