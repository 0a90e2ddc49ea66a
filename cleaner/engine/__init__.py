"""Rules applied to a document until none of them has anything to say."""
