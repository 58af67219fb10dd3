"""KSeF's answers, read: status, headers and bytes in; a value or an error out."""
