"""The commands of `ksef`, a module each."""
