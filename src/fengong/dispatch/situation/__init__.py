"""What is known of tickets and members at one instant, and how the engine is told."""
