"""How questions are worded: typing errors, capitals and words of one meaning."""
