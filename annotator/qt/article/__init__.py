"""One article: its text, its marks, and where the mouse is."""
