"""Records on the desk: the list, the forms, history and differences, findings, sensitive words."""
