"""The files of an archive, and what is read, checked and exported of them without KSeF."""
