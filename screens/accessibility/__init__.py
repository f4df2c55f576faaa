"""Larger type, more contrast, lower reach, reading aloud, more time: each by one touch."""
