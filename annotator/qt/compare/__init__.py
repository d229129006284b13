"""Compare: claims by outlets, what drifted between them, who cites whom, beside the articles themselves."""
