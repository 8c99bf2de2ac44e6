"""Guidance: the interview that tells an escalation from a comment, a severity request or a case.

`gates` decide without a question, `questions` is the tree as data, `walk` finds the position from
the answers alone, `outcomes` are what it may end in.
"""
