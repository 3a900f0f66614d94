"""What people expect, choose, feel and deliver."""
