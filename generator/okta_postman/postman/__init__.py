"""Spells a workspace in Postman's file formats, and checks what was spelled."""
