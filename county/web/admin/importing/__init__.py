"""Importing and exporting on the desk."""
