"""The providers of voices and of hearing, one a file."""
