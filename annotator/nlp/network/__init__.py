"""The network that is trained on the user's own attributions; spaCy wakes it."""
