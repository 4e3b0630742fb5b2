"""English: every list of its words, by what the words are; rules and formats import them and hold none of their own."""
