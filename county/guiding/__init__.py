"""The guide's desk in the hall: who calls, what a visitor asks about, what a kiosk is asked to show."""
