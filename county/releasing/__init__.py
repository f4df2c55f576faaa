"""Releasing an edition from the desk: what it changes, what speaks against it, making it and putting it out."""
