"""One file or package per measure; none of them knows another."""
