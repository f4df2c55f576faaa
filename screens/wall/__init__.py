"""A screen on a wall, which nobody touches."""
