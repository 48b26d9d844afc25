"""DHL Express, in three interfaces over one carrier: MyDHL API, the unified tracking call, XML-PI.

Wire facts: the MyDHL API 3.1.1 specification, DHL's list of checkpoint codes, samples of XML-PI's
answers, what stock clients send and read. ``docs/dhl-api.md`` says what is inferred.
"""
