"""Limits of messages, and what is asked before something is sent."""
