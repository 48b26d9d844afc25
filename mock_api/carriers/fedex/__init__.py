"""FedEx's REST APIs: authorization, rates, ship, pickup, track."""
