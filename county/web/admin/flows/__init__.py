"""The editor of guided questions for people who do not program."""
