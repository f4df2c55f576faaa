"""One bulletin of the county in full."""
