"""The kiosks of the county: who they are, how they are, what they are asked to do and which edition they may take."""
