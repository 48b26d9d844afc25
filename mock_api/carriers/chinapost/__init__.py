"""China Post's ePacket, on the platform of e-commerce partners: orders, labels, fees, tracking."""
