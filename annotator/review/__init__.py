"""Two hands on one text: how far they agree, and what to keep."""
