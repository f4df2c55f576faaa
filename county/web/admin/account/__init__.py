"""Accounts: one's own, those of the staff, and the log of what everybody did."""
