"""SHACL: Saite's engine beside hand-written queries on the same store, pySHACL and other engines, in one run."""
