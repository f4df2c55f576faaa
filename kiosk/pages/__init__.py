"""Routes and the pages they lead to."""
