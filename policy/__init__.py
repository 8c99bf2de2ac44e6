"""The rules of Caseflag: values in, values out; no clock, no Slack, no SQL, nothing awaited."""
