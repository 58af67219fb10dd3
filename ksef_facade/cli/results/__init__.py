"""What came of a command: tables, JSON documents, exit codes."""
