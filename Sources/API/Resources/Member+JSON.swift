public import BSON
public import Directory

extension Member {
    /// The member as the API shows it. Fields of the stored document that hiworker does not know follow as they are.
    public var resource: JSON.Object {
        var resource: JSON.Object = [
            "id": .string(id),
            "company": .string(company),
            "name": .string(name),
            "email": email.map { .string($0) } ?? .null,
            "metadata": .object(metadata),
            "created_at": .string(createdAt.rfc3339),
        ]
        resource.append(unknown: unknownFields)
        return resource
    }
}

extension NewMember {
    /// Reads the body of `POST /v1/companies/{domain}/members`. Throws `invalid_fields`.
    public init(body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        self.init(
            name: fields.required("name", .name),
            email: fields.optional("email", .email),
            metadata: fields.optional("metadata", .metadata) ?? [:]
        )
        try fields.finish()
    }
}

extension MemberPatch {
    /// Reads the body of `PATCH /v1/members/{id}`. Throws `invalid_fields`.
    public init(body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        self.init()
        fields.fixed("id", "company", "created_at")
        name = fields.changed("name", .name)
        email = fields.removable("email", .email)
        metadata = fields.changed("metadata", .metadata)
        try fields.finish()
    }
}
