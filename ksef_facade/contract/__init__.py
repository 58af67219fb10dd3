"""The published contract as facts: read, compared with another, and judged by what it means to us.

Pure: documents go in, findings come out. Works on published documents and on stripped ones, of any
version that was ever published.
"""
