"""The vocabulary that the kiosk, the sync program and the county server share."""
