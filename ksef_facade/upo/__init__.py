"""The UPO, KSeF's official receipt: bytes in, facts out, no network.

A UPO is evidence as it came, byte for byte: nothing here changes or writes one.
"""
