"""What is stored: every kind of result, its tables and its manifest."""
