"""The take-away list."""
