"""Rule files: read strictly, checked in full, frozen."""
