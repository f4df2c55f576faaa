"""One public service: what to bring, where to go, how long it takes, what it costs."""
