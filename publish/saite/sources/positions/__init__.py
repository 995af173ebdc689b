"""Where statements stand in files: scanners for each format, asked only when there is a finding to place."""
