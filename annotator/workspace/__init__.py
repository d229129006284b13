"""What a person can do, and the one door to change anything."""
