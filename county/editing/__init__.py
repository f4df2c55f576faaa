"""Editing records in forms: what a form asks, how it is read, who may save it, and what is said about it."""
