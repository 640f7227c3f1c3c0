"""Files that hold pages or other files: saved pages of browsers, records of requests, archives."""
