"""Writing guided questions without programming: places in a flow, changes to it, and what is said about them."""
