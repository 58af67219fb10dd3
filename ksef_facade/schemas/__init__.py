"""The Ministry's XML schemas on this machine: which there are, where they are kept, what is whole.

The schemas are not part of this package. It knows the hash of each, so that a file may come from
anywhere: from the Ministry's addresses or from a folder.
"""
