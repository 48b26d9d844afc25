"""TNT ExpressConnect: XML documents in forms, for prices, consignments, labels and tracking."""
