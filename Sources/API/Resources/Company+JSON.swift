public import BSON
public import Directory

extension Company {
    /// The company as the API shows it. Fields of the stored document that hiworker does not know follow as they are.
    public var resource: JSON.Object {
        var resource: JSON.Object = [
            "domain": .string(domain),
            "name": .string(name),
            "timezone": .string(timeZone),
            "metadata": .object(metadata),
            "created_at": .string(createdAt.rfc3339),
        ]
        resource.append(unknown: unknownFields)
        return resource
    }
}

extension NewCompany {
    /// Reads the body of `POST /v1/companies`. Throws `invalid_fields`.
    public init(body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        self.init(
            domain: fields.required("domain", .domain),
            name: fields.required("name", .name)
        )
        if let timeZone = fields.optional("timezone", .timeZone) { self.timeZone = timeZone }
        if let metadata = fields.optional("metadata", .metadata) { self.metadata = metadata }
        try fields.finish()
    }
}

extension CompanyPatch {
    /// Reads the body of `PATCH /v1/companies/{domain}`. Throws `invalid_fields`.
    public init(body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        self.init()
        fields.fixed("domain", "created_at")
        name = fields.changed("name", .name)
        timeZone = fields.changed("timezone", .timeZone)
        metadata = fields.changed("metadata", .metadata)
        try fields.finish()
    }
}
