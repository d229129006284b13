"""The suggestions that wait in the open articles: listed, taken, rejected."""
