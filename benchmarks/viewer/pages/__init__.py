"""The pages of the viewer, one file each: from a request to what its template shows."""
