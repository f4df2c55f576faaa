"""What stands around every screen: title bar, breadcrumb, bottom bar, countdown."""
