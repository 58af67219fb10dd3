"""KSeF tokens made, listed and revoked by those whom they let in."""
