"""The county's map with the places on it, and the list of them, nearest first."""
