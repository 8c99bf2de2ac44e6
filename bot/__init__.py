"""The works: use cases, storage, jobs, delivery, web and command line, put together in `app`."""
