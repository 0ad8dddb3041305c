import BSON
import Mongo

extension Directory {
    /// Throws `notFound` for an unknown company and `commandTaken` when another bot of it has one of the commands.
    public func createBot(
        _ bot: NewBot,
        company: String
    ) async throws(DirectoryError) -> (bot: Bot, key: IssuedKey) {
        let id = ResourceID.random(.bot)
        let secrets = bot.delivery == .socket ? [] : [WebhookSecret.random()]
        let document = try encode { () throws(BSONError) in
            try BotDocument.make(bot, id: id, company: company, webhookSecrets: secrets, now: .now)
        }
        let key = NewKey(kind: .bot, company: company, ownerID: id)
        return try await limited { [self] () async throws(DirectoryError) in
            guard try await isOpen(company: company) else { throw .notFound }
            // The key first: without its owner it opens nothing.
            try await insert(key)
            do throws(DirectoryError) {
                try await declaring(bot.commands, for: id.text, of: company) { () async throws(MongoError) in
                    try await self.collections.bots.insert(document)
                }
            } catch {
                if case .commandTaken = error { try await remove(key) }
                throw error
            }
            // The company's deletion may have begun after the first look and have missed the bot.
            guard try await isOpen(company: company) else {
                try await stored { () async throws(MongoError) in
                    _ = try await collections.bots.deleteOne(["_id": .string(id.text)])
                }
                try await remove(key)
                throw .notFound
            }
            try await seen { $0.tables.bots[id] != nil && $0.tables.key(key.id) != nil }
            return (try read(document, Bot.init), key.issued)
        }
    }

    /// By id, ascending, those after `after`.
    public func bots(company: String, after: String?, limit: Int) async throws(DirectoryError) -> [Bot] {
        guard !isKnownToBeDeleted(company: company) else { return [] }
        let filter: BSONDocument = [BotDocument.company: .string(company)]
        return try await page(of: collections.bots, filter, after: after, limit: limit) { try Bot($0) }
    }

    public func bot(_ id: String) async throws(DirectoryError) -> Bot? {
        let document = try await limited { [self] () async throws(DirectoryError) in
            try await stored { () async throws(MongoError) in
                try await collections.bots.findOne(["_id": .string(id)])
            }
        }
        let bot = try document.map { (document) throws(DirectoryError) in try read(document, Bot.init) }
        return bot.flatMap { isKnownToBeDeleted(company: $0.company) ? nil : $0 }
    }

    /// Nil when there is no such bot. Throws `commandTaken` when another bot of its company has one of the commands, and
    /// changes nothing then. A bot that gets its first webhook gets a secret with it.
    public func updateBot(_ id: String, _ patch: BotPatch) async throws(DirectoryError) -> Bot? {
        let update = try encode { () throws(BSONError) in try patch.update() }
        if update.isEmpty { return try await bot(id) }
        return try await limited { [self] () async throws(DirectoryError) in
            if case .webhook = patch.delivery { try await ensureWebhookSecret(bot: id) }
            let updated = try await declaring(patch.commands ?? [], for: id) { () async throws(MongoError) in
                try await self.collections.bots.findOneAndUpdate(["_id": .string(id)], update.document)
            }
            guard let updated else { return nil }
            return try await seen(updated)
        }
    }

    /// Its keys open nothing any more when this returns. Harmless when there is none.
    public func deleteBot(_ id: String) async throws(DirectoryError) {
        guard let resourceID = ResourceID(id) else { return }
        try await limited { [self] () async throws(DirectoryError) in
            // The bot first: that alone disables its keys.
            try await stored { () async throws(MongoError) in
                _ = try await collections.bots.deleteOne(["_id": .string(id)])
                try await collections.deleteAll([KeyDocument.owner: .string(id)], from: collections.keys)
            }
            try await seen { $0.tables.bots[resourceID] == nil }
        }
    }

    /// Makes a new secret; the one before it signs on for `overlap`. Throws `notFound` for an unknown bot.
    ///
    /// A bot with a socket may have secrets too: they serve when it gets a webhook.
    public func rotateWebhookSecret(
        bot id: String,
        overlap: Duration
    ) async throws(DirectoryError) -> WebhookSecret {
        let secret = WebhookSecret.random()
        return try await limited { [self] () async throws(DirectoryError) in
            while true {
                let current = try await stored { () async throws(MongoError) in
                    try await collections.bots.findOne(["_id": .string(id)])
                }
                guard let current else { throw .notFound }
                let secrets = try read(current, Bot.init).webhookSecrets
                var update = DocumentUpdate()
                update.set(BotDocument.webhookSecrets, .secrets([secret] + secrets.retired(after: overlap)))
                // Nobody may have changed it since it was read.
                let updated = try await stored { () async throws(MongoError) in
                    try await collections.bots.findOneAndUpdate(
                        ["_id": .string(id), BotDocument.revision: current[BotDocument.revision] ?? .null],
                        update.document
                    )
                }
                guard let updated else { continue }
                _ = try await seen(updated)
                return secret
            }
        }
    }

    private func ensureWebhookSecret(bot id: String) async throws(DirectoryError) {
        var update = DocumentUpdate()
        update.set(BotDocument.webhookSecrets, .secrets([.random()]))
        try await stored { () async throws(MongoError) in
            _ = try await collections.bots.updateOne(
                ["_id": .string(id), "\(BotDocument.webhookSecrets).0": ["$exists": false]],
                update.document
            )
        }
    }

    private func seen(_ updated: BSONDocument) async throws(DirectoryError) -> Bot {
        let bot = try read(updated, Bot.init)
        let id = ResourceID(stringLiteral: bot.id)
        try await seen { snapshot in
            snapshot.tables.bots[id].map { $0.revision >= updated.revision } ?? true
        }
        return bot
    }
}

extension [WebhookSecret] {
    /// Of secrets, newest first, the newest alone, to expire when the time is over; none without a time.
    fileprivate func retired(after overlap: Duration) -> [WebhookSecret] {
        guard overlap > .zero, var newest = first else { return [] }
        newest.expiresAt = Instant.now.advanced(by: overlap)
        return [newest]
    }
}

extension WebhookSecret {
    fileprivate static func random() -> WebhookSecret {
        var generator = SystemRandomNumberGenerator()
        return WebhookSecret(bytes: (0..<24).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}
