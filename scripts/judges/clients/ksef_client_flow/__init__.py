"""ksef-client from PyPI: its own workflows, from login to export, with nothing but the base URL changed."""
