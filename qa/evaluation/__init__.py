"""Measures how well questions are answered."""
