"""What must hold in a manifest: rules over a draft, in the order of `order.RULES`."""
