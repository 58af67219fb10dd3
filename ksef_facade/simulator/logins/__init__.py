"""Who calls: logins by token and by certificate, their tokens and their sessions."""
