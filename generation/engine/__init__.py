"""The engine: one task per block, the database row as the truth, leases instead of promises."""
