"""What a person can ask for: one file a noun, one frozen value a deed."""
