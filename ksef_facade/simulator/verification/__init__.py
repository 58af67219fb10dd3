"""Pages that people reach by the codes on invoices, beside the API."""
