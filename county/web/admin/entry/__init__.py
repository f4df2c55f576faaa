"""Coming in: signing in and out, first passwords, one-time codes, founding the desk."""
