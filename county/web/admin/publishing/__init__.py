"""Publishing on the desk."""
