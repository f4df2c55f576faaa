"""The county's database: its tables, how it is opened, and the audit log that every change goes through."""
