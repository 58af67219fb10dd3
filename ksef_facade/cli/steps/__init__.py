"""Steps that commands take, with progress."""
