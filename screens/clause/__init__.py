"""One clause of a policy: for whom, what it grants, until when, and why it may be for the visitor."""
