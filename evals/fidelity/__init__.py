"""The fidelity card: how far a twin is its owner, measured on what it was not built from."""
