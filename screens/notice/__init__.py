"""A calm page that says one thing and what to do next."""
