"""Other open memories beside ours: the same chats, the same encoder, the same model."""
