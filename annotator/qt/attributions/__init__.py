"""The list and the form: every attribution, and the one in hand."""
