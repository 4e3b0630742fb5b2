"""From documents to an index in memory."""
