"""How to ask for government information that is not published (依申请公开)."""
