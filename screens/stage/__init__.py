"""One life stage: its life events first, then its services."""
