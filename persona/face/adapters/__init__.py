"""Faces drawn elsewhere, one file a provider, and what they share."""
