"""The nouns of attribution and their laws, in the standard library alone."""
