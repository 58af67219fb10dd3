"""Batch packages: invoices in, an archive cut into encrypted parts on the disk out; no network.

Opening a batch session declares the size and SHA-256 of the whole plain archive and of every
encrypted part (contract `BatchFileInfo`), so all of them must be known before the first request. The
invoices are therefore read once, and each of them goes through all of the steps at once: hashed,
compressed into the archive, whose bytes are hashed and counted, cut at the part size, encrypted,
hashed again, and written. What stays is one file for each encrypted part. Reading once means that a
generator can be a source and that a file cannot change between two readings; memory holds one
invoice and a few buffers, whatever the size of the package.

Neither the plain archive nor the key is ever written to the disk. The key is needed until the
session is open, because its wrapped form is part of the opening; after that the encrypted parts are
all that has to be uploaded. A preparation that was interrupted is begun anew with a new key; the
same sources in the same order, compressed by the same zlib, give the same archive byte for byte,
since nothing in it depends on the clock, the user or the machine.
"""
