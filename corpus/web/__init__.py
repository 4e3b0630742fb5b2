"""Pages of the web as sources: fetched within limits, kept as files, and read like any other."""
