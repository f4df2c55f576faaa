"""The pad for the staff's PIN."""
