"""What the county server answers over HTTP: the signed repository and the phone pages."""
