"""一本通: everything that persons, or businesses, can have done in the county, on paper."""
