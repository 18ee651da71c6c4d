"""Recognisers: each takes a cell and gives (value, remark or None), and never raises."""
