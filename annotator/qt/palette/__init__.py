"""Labels in reach and their keys."""
