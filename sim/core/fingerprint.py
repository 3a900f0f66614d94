"""A name for a content."""

import hashlib
import json
from typing import Any

HASH_LENGTH = 12


def fingerprint(*parts: Any) -> str:
    """A short hash of JSON-able values; equal values give equal hashes on every machine."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_LENGTH]
