"""Named reads of dispatch that have files of their own."""
