"""What the owner agreed to: asked for, checked, kept, and taken back."""
