"""Test data: taxpayers, permissions, consents and blocks that anyone may set up on TEST."""
