"""Annotator: mark who said what in news text, review it together, train on it."""

__version__ = "0.1.0"
