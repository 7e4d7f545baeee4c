"""The pages, one noun a module: each function takes the room and a request, and returns an `Answer`."""
