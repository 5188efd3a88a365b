"""The network side of mail: IMAP in, SMTP out. No table is touched here."""
