"""Who is there: columns, founding, rosters, views for rules and for Mesa."""
