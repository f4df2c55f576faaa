"""Programs for those who build OpenHall: set-up, demo, pictures, fonts and icons."""
