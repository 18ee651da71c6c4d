"""A made-up programme to look at and to measure with: nobody in it exists."""

from kith.config.demo.load import Size, load_demo

__all__ = ["Size", "load_demo"]
