"""Search engines that a team would pick instead, each with its usual settings for Chinese."""
