"""What commands log in with: given, kept, or asked for."""
