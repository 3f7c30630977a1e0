"""What is known of one blog as a whole."""
