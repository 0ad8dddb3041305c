"""A text as a member types it: words, quotes, and what its characters count as."""
