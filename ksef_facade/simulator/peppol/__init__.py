"""Providers of Peppol services."""
