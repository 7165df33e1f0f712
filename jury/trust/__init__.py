"""What files may ask for: which hosts are called, which params are passed on, and what the user has to allow."""
