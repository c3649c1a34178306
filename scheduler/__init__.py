"""What the bot says unasked and when."""
