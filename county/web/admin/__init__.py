"""The county's desk: what staff do in the browser."""
