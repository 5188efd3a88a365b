"""What members can do, learned from the tickets they had."""
