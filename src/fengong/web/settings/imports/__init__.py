"""Settings: bringing in what another desk, or a file, holds."""
