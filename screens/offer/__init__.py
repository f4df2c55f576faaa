"""What the hall's staff have to say to the visitor: a page that they may look at or not, or a short message."""
