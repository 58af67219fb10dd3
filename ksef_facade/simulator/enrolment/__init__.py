"""Certificates of KSeF: asked for, issued, listed, revoked."""
