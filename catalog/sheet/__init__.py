"""The printed sheet (明白纸) and the plain text: what a visitor takes along without a phone."""
