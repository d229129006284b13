"""The concordance: hits over the whole project in their context, and many places tagged at once."""
