"""The desk's pages of insight: what visitors looked for, did not find, gave up and said."""
