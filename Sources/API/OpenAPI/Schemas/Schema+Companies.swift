import BSON

extension Schema {
    static let companies: [Named] = [
        ("Company", company),
        ("NewCompany", newCompany),
        ("CompanyPatch", companyPatch),
    ]

    private static let company = object([
        "domain": Field.domain.schema,
        "name": Field.name.schema,
        "timezone": Field.timeZone.schema,
        "metadata": Field.metadata.schema,
        "created_at": .time,
    ])
    .described(unknownFieldsNote)

    private static let newCompany = object(
        [
            "domain": Field.domain.schema,
            "name": Field.name.schema,
            "timezone": Field.timeZone.schema.orNull.byDefault("Asia/Seoul"),
            "metadata": Field.metadata.schema.orNull,
        ],
        optional: ["timezone", "metadata"],
        isClosed: true
    )

    private static let companyPatch = object(
        [
            "name": Field.name.schema,
            "timezone": Field.timeZone.schema,
            "metadata": Field.metadata.schema,
        ],
        optional: ["name", "timezone", "metadata"],
        isClosed: true
    )

    /// Said of every stored resource.
    static let unknownFieldsNote =
        "Fields that other programs added to the stored document come back at the top level as they are."
}
