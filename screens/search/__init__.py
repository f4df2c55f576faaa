"""Finding a service or a life event by letters, digits or pinyin initials on an own pad."""
