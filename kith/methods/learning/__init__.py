"""What people learn with: questions, how they are marked, and the files they come and go in."""
