"""What must hold, room by room and from end to end."""
