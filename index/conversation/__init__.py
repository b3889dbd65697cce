"""Questions that lean on what was asked before, understood without a language model."""
