"""Writing a catalogue back in the forms in which county offices hand it over."""
