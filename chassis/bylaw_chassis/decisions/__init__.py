"""What a service asks people to decide: what is asked, asking in an order that loses nothing, and each end's effect.

A service has a table `asked_decisions` of its own (decision uuid primary key, kind text, subject text, an index over
`subject`), and its app says what follows from each kind::

    line = DecisionLine("inventory", {"stock-adjustment": settle})
    own = member("inventory", settings, channels, handlers=line.hearers())
    asking = AskPeople(own.database, PeopleDesk(channels[PEOPLE], own.neighbours), asked_decisions)
    return own.hosted(server, timers=(line.timer(own.database),))
"""
