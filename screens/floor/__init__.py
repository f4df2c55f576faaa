"""The plan of the service hall: zones, windows, what else is there, and the one that is asked for lit."""
