"""The desk's pages of emergencies."""
