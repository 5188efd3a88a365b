"""Reading a request: its topic, its difficulty, its priority, and how sure we are.

`keywords` works from the first day; `learned` takes over once there is graded history and is the only module here
that loads scikit-learn. Both answer with `grade.Grade`, in Chinese and in English.
"""
