"""From the terms of a question to ranked passages."""
