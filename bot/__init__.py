"""The Discord face of the index."""
