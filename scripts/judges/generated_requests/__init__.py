"""schemathesis: requests made from the contract, good ones and bad ones, to all operations."""
