"""What a scenario file can set about the place and about people; nothing here is policy."""
