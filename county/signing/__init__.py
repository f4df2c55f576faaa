"""Keys and TUF metadata: who signs what, for how long."""
