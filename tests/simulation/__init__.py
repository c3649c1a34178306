"""Two years of many communities, random facts, and a slow model that says what should come of them."""
