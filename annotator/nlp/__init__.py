"""Help from the machine. Only this room knows spaCy, and it wakes it late."""
