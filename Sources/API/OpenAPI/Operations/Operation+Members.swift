extension Operation {
    static let members: [Operation] = [
        Operation(
            method: .post,
            path: "/v1/companies/{domain}/members",
            id: "createMember",
            tag: .members,
            summary: "Register a member",
            body: Body(schema: .reference("NewMember")),
            answers: [.json(201, "The member with the first key.", .reference("MemberWithKey"), hasLocation: true)],
            problems: [.notFound]
        ),
        Operation(
            method: .get,
            path: "/v1/companies/{domain}/members",
            id: "listMembers",
            tag: .members,
            summary: "List a company's members by id",
            query: Parameter.paging,
            answers: [.json(200, "A page of members.", .page(of: .reference("Member")))],
            problems: [.notFound]
        ),
        Operation(
            method: .get,
            path: "/v1/members/{id}",
            id: "getMember",
            tag: .members,
            summary: "Show a member",
            answers: [.json(200, "The member.", .reference("Member"))],
            problems: [.notFound]
        ),
        Operation(
            method: .patch,
            path: "/v1/members/{id}",
            id: "updateMember",
            tag: .members,
            summary: "Change a member",
            detail: patchNote,
            body: Body(schema: .reference("MemberPatch"), isPatch: true),
            answers: [.json(200, "The member as it is now.", .reference("Member"))],
            problems: [.notFound]
        ),
        Operation(
            method: .delete,
            path: "/v1/members/{id}",
            id: "deleteMember",
            tag: .members,
            summary: "Delete a member",
            detail: "The member's keys stop working and the messages are erased. " + deleteNote,
            answers: [.gone]
        ),
    ]
}
