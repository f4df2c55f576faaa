"""An emergency bulletin over every other screen."""
