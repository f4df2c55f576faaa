"""Carrying a page away: the large QR code and the ways that need no phone."""
