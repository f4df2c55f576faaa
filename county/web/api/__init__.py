"""What boxes say to the county server: /api/v1."""
