"""Outlets on one story, face to face: who shares whose words, and how a corpus is cut safely."""
