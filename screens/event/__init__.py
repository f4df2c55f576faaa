"""One life event (一件事): its services in order and their merged list of papers."""
