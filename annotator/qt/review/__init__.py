"""Review: an article as several annotators marked it, what differs, what is decided."""
