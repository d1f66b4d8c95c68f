"""Which documents there are, what they are called, and what each is made from."""
