extension Operation {
    static let keys: [Operation] =
        keys(of: "/v1/companies/{domain}/keys", named: "CompanyKey", "an administrator of the company")
        + keys(of: "/v1/bots/{id}/keys", named: "BotKey", "a bot")
        + keys(of: "/v1/members/{id}/keys", named: "MemberKey", "a member")
        + [
            Operation(
                method: .delete,
                path: "/v1/keys/{id}",
                id: "revokeKey",
                tag: .keys,
                summary: "Revoke a key",
                detail: "It stops working everywhere within 100 ms. " + deleteNote,
                answers: [.gone]
            )
        ]

    /// The calls that make and list the keys of one kind of owner.
    private static func keys(of path: String, named name: String, _ owner: String) -> [Operation] {
        [
            Operation(
                method: .post,
                path: path,
                id: "create\(name)",
                tag: .keys,
                summary: "Make a further key for \(owner)",
                detail: "The older keys live on until they are revoked or expire: that is rotation.",
                body: Body(schema: .reference("NewKey"), isRequired: false),
                answers: [.json(201, "The key with its secret.", .reference("IssuedKey"))],
                problems: [.notFound]
            ),
            Operation(
                method: .get,
                path: path,
                id: "list\(name)s",
                tag: .keys,
                summary: "List the keys of \(owner) by id",
                detail: "Revoked ones are left out.",
                query: Parameter.paging,
                answers: [.json(200, "A page of keys.", .page(of: .reference("Key")))],
                problems: [.notFound]
            ),
        ]
    }
}
