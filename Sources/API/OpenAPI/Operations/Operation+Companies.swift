import BSON

extension Operation {
    static let companies: [Operation] = [
        Operation(
            method: .post,
            path: "/v1/companies",
            id: "createCompany",
            tag: .companies,
            summary: "Register a company",
            key: .platform,
            body: Body(schema: .reference("NewCompany")),
            answers: [.json(201, "The company.", .reference("Company"), hasLocation: true)],
            problems: [.companyExists]
        ),
        Operation(
            method: .get,
            path: "/v1/companies",
            id: "listCompanies",
            tag: .companies,
            summary: "List companies by domain",
            key: .platform,
            query: Parameter.paging,
            answers: [.json(200, "A page of companies.", .page(of: .reference("Company")))]
        ),
        Operation(
            method: .get,
            path: "/v1/companies/{domain}",
            id: "getCompany",
            tag: .companies,
            summary: "Show a company",
            answers: [.json(200, "The company.", .reference("Company"))],
            problems: [.notFound]
        ),
        Operation(
            method: .patch,
            path: "/v1/companies/{domain}",
            id: "updateCompany",
            tag: .companies,
            summary: "Change a company",
            detail: patchNote,
            body: Body(schema: .reference("CompanyPatch"), isPatch: true),
            answers: [.json(200, "The company as it is now.", .reference("Company"))],
            problems: [.notFound]
        ),
        Operation(
            method: .delete,
            path: "/v1/companies/{domain}",
            id: "deleteCompany",
            tag: .companies,
            summary: "Delete a company",
            detail: "Its bots, members, keys and messages go with it. " + deleteNote,
            answers: [.gone]
        ),
    ]

    static let patchNote = "JSON Merge Patch (RFC 7396): what is absent stays, null removes, lists are replaced whole."
    static let deleteNote = "What is gone already, unknown or another company's is answered alike."
}

extension Operation.Answer {
    static let gone = Self.empty(204, "There is no such thing, now at the latest.")
}

extension Operation.Parameter {
    static let limit = Self(
        name: "limit",
        schema: .integer(FieldLimits.pageItems).byDefault(.integer(Int64(FieldLimits.defaultPageItems))),
        detail: "Items of the page."
    )

    /// `limit` and `after`.
    static let paging = [
        limit,
        Self(
            name: "after",
            schema: .string(maximum: FieldLimits.domainBytes),
            detail: "The `next` of the page before."
        ),
    ]
}
