"""Everything around the engine: what is asked, run, stored, estimated, drawn and told."""
