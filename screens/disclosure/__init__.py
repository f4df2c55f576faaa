"""What must be published, by whom and how soon: the directories by field, by office and by level."""
