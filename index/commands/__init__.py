"""The commands of `ascribe`, a file a group."""
