"""Every setting with its default and a comment: kiosk.toml, sync.toml, county.toml."""
