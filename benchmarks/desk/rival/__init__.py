"""django-helpdesk as its documentation sets it up, filled with the same tickets."""
