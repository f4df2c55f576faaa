"""Taking part: drafts open for comment, open days, meetings to attend, and what came of it."""
