"""Staff of the county: who they are, what they may do, how they sign in and stay signed in."""
