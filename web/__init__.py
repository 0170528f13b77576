"""Around the pages: the web server, sign-in, roles, downloads and work in other processes."""
