"""Supervision: is everything published that must be, complete, on time; zones and reports (docs/supervision.md)."""
