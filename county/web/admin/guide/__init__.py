"""The guide's desk below /desk: calls, looking things up, sending them to a kiosk, printing."""
