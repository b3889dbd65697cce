"""From a folder of documents to cited answers. Knows nothing of Discord."""
