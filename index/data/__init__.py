"""What an index holds: flat arrays and the records around them."""
