"""Serves a home: listens, runs the web server and the worker, changes to the demo and back."""
