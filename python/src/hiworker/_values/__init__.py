"""What handlers take and return: values without behaviour of their own."""
