"""Review: the same article as several annotators marked it, their differences, the decisions, their agreement."""
