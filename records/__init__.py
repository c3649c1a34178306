"""The facts, the rules about them, working days, and the SQL that keeps them."""
