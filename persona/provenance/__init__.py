"""Marks on what a twin says: made by AI, by which twin, when, with whose consent."""
