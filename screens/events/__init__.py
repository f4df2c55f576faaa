"""All life events of one audience."""
