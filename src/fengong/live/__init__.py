"""Live updates: `GET /live?topics=ticket:12,tickets,board` streams "this changed" as server-sent events.

The stream never carries content, only where to look again; the page re-reads its fragment, and permission is checked
there once more. Each message is named by the verb of the fact and says on which topic it is heard:

    event: ticket.replied
    data: {"topic":"ticket:12","id":12,"seq":4711}

Topics, and who may hear them, stand in `topics.py`:

    ticket:12  customer:4  member:3  team:1  topic:2  position:5     facts about this one
    tickets    every fact about a ticket                             board     tickets, presence, shifts, loads
    people     members, teams, positions, topics, skills             spine     everything, for administrators

    conversation:12   what a customer may learn of ticket 12, and nothing of what happens behind the counter; the only
                      kind of topic that a signed-in customer may hear

A fact is sent once for each topic listened to, so a page may hear `ticket:12` and `tickets` on one stream. After more
facts than a stream can hold, or more than can be replayed, each topic gets one message `event: resync` instead, which
means the same to a page: look again. The first news after a quiet moment is sent at once; while facts flow, a stream is
written a few times a second with what came in between.

`id:` is a number up to which nothing can have been missed; it is not always the newest, because facts may become
visible out of order. A client that sends it back as Last-Event-ID, or a page that puts it into the address at first
(`&since=4711`, from `kernel.tail.settled_seq`), is sent everything after it. A message may come twice; none is lost.
"""
