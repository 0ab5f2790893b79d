"""The live conversation: hear, think, speak, move, be interrupted."""
