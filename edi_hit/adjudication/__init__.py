"""Facts in batches, decisions in order, remittances out."""
