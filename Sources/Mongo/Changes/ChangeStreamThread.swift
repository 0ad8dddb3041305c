import BSON

/// What the thread of a change stream does: follow the server's changes and put them into the buffer, until the server
/// fails or nobody wants them any more.
struct ChangeStreamThread {
    let query: ChangeStreamQuery
    let buffer: ChangeBuffer

    func follow(_ client: borrowing Client) throws(MongoError) {
        // All commands on a cursor go to the server that has it.
        let server = try client.selectPrimary()
        let session = try SessionHandle(client)
        let options = try session.options(server: server)
        var batch = try run(query.aggregate, client, options, lastToken: query.resumeAfter ?? [:])
        var isWanted = buffer.push([.opened(resumeToken: query.resumeAfter ?? batch.resumeToken)])
        while isWanted {
            isWanted = buffer.push(batch.changes.map(MongoChange.change))
            guard isWanted, batch.cursor != 0 else { break }
            let getMore = query.getMore(batch.cursor, of: batch.collection)
            batch = try run(getMore, client, options, lastToken: batch.resumeToken)
            if batch.changes.isEmpty, batch.cursor != 0 {
                isWanted = buffer.push([.idle(resumeToken: batch.resumeToken)])
            }
        }
        if batch.cursor != 0 {
            // A courtesy: the server forgets the cursor by itself in time.
            _ = try? client.run(
                query.killCursors(batch.cursor, of: batch.collection),
                on: query.database,
                options: options
            )
        }
    }

    private func run(
        _ command: BSONDocument,
        _ client: borrowing Client,
        _ options: BSONDocument,
        lastToken: BSONDocument
    ) throws(MongoError) -> ChangeBatch {
        let reply = try client.run(command, on: query.database, options: options)
        return try reply.withUnsafeBytes { (bytes) throws(MongoError) in
            try ChangeBatch(reply: bytes, lastToken: lastToken)
        }
    }
}
