"""The window itself: its rooms put together, and what its actions do."""
