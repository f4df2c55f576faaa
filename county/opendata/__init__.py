"""The catalogue for everyone: files made once per edition, from the signed text alone (docs/open-data.md)."""
