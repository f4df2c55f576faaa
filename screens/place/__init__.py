"""One place: where it is, when it is open, what can be done there, and the way there by QR code."""
