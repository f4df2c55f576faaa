"""Policy match: what is asked with taps, one group of tags a screen, and what comes of it."""
