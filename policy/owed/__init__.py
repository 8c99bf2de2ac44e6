"""Owed: who must be told what when something happens, and the key that makes it once.

A key is `word.verb:subject:to`; what can happen to one case again and again has the case's version
in it.
"""
