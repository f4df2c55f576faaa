"""Reviewing on the desk: the queue, one text, what is to be submitted, and who reviews what."""
