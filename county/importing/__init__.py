"""Importing from the web page: files are read by a process of their own, and what they bring is chosen and applied."""
