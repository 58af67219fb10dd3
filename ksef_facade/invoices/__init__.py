"""Invoices before they are sent: what they say of themselves, and what KSeF would refuse.

Pure: bytes and a clock go in, facts and problems come out; nothing here makes a request.
"""
