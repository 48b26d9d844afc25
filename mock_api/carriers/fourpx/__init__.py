"""4PX's open platform: direct-shipment orders, labels, tracking, estimated costs.

One path serves every method, which the query names. Wire facts: carriers facts, section 4.12; the
documentation as a public Medusa plug-in keeps it; a Go and a PHP client's models; codes that public
integrations quote. Each module says what is inferred.
"""
