import API
import Directory

/// Look-ups as an administrator may make them: what is unknown and what is another company's are both `not_found`.
extension Directory {
    func bot(_ id: String, of administrator: Administrator) async throws -> Bot {
        guard let bot = try await bot(id), administrator.administers(bot.company) else { throw Problem(.notFound) }
        return bot
    }

    func member(_ id: String, of administrator: Administrator) async throws -> Member {
        guard let member = try await member(id), administrator.administers(member.company) else {
            throw Problem(.notFound)
        }
        return member
    }

    func requireCompany(_ domain: String) async throws {
        guard try await company(domain) != nil else { throw Problem(.notFound) }
    }
}

extension APIRequestContext {
    /// The company that the path names, if it is the administrator's.
    func pathDomain(of administrator: Administrator) throws(Problem) -> String {
        let domain = try pathDomain()
        guard administrator.administers(domain) else { throw Problem(.notFound) }
        return domain
    }
}

extension Problem {
    /// Does what `DELETE` asks for; that there is nothing to delete, or nothing of the caller's, is no problem.
    static func unlessFound(_ delete: () async throws -> Void) async throws {
        do {
            try await delete()
        } catch let problem as Problem where problem.code == .notFound {
            // Gone, unknown or foreign: the caller gets the same 204 and learns nothing.
        }
    }
}
