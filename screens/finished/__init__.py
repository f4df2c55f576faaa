"""Says that everything is erased, and asks once how it was."""
