"""Which installed face serves which role. A role's candidates are tried in order; a fallback is told once."""
