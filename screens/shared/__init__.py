"""What several screens use: sizes, line breaks, words, widgets and the theme."""
