"""Compare: claims by outlets, what drifted, who cites whom, beside the articles."""
