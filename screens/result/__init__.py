"""What comes out of guided questions: one list for everything."""
