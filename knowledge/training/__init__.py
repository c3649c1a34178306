"""Offline work on the library: the cut dictionary, the weights, the figures. Nothing here runs in the bot."""
