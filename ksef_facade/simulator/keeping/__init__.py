"""What a simulator holds, kept in a folder from one run to the next."""
