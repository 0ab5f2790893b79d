"""Hearing and speaking: what the twin sounds like, and when each sound falls."""
