"""What visitors looked for, did not find, gave up and said, without the visitors."""
