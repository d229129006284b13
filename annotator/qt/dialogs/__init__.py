"""What asks a question in a window of its own."""
