"""Exports of invoices: ordered, made ready by the clock, and fetched part by part."""
