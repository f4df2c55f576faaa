"""The desk's pages of supervision: deadlines, faults, calendar, zones and reports."""
