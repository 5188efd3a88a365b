"""Time as plain minutes: spans that may overlap, and weekly working hours.

Times are minutes (float) since an epoch the caller picks. Time zones, dates and holidays by name stay outside.
"""
