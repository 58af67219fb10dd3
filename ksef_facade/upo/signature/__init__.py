"""The signature of a UPO: is it whole, and is the signer someone known."""
