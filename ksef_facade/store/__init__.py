"""What is written to disk, in a way that a crash, a full disk or a second process cannot spoil."""
