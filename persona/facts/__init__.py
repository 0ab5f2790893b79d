"""What people say of themselves, read by rules from their own words."""

from persona.facts.find import Statement, find_denials, find_facts, read_statements

__all__ = ["Statement", "find_denials", "find_facts", "read_statements"]
