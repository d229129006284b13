"""The window. Only this room knows Qt."""
