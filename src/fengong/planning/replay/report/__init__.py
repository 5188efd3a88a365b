"""The report: one HTML file that opens offline, in Chinese and English, light and dark, each chart with its table."""
