"""Who said what about whom: the parts of the attribution extractor."""
