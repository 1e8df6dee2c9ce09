"""What commands share: options, engines, progress, and what people and programs read."""
