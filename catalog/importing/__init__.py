"""Reading what a county office hands over: workbooks, CSV, YAML and GeoJSON become records or findings."""
