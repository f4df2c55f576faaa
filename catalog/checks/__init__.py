"""Checks: functions from records to findings, with rules that are data."""
