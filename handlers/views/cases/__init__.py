"""Cases as messages and modals: `shown` to somebody, and the `form` that opens one."""
