"""The rules over words by which `index.verify` tells whether a source carries a statement."""
